// Runs before the program, and shows an error when the program cannot start or has stopped: the page never fails
// silently. It is old JavaScript, so that browsers that cannot run the program can run this.
(function () {
  'use strict';

  function fail(reason) {
    var panel = document.getElementById('failure');
    if (!panel || !panel.hidden) return;
    document.getElementById('failure-reason').textContent = reason;
    // An open dialog would make the panel inert.
    document.querySelectorAll('dialog[open]').forEach(function (dialog) {
      dialog.close();
    });
    // The page behind the panel no longer works, so keyboards and screen readers must not reach it.
    document.getElementById('app').inert = true;
    panel.hidden = false;
    document.getElementById('failure-again').focus();
  }

  // A panic aborts the program and arrives here as an uncaught error, as does everything that fails to load. Errors of
  // browser extensions are ignored.
  function isOfExtension(where) {
    return /[a-z]-extension:/.test(String(where));
  }

  window.addEventListener('error', function (event) {
    if (isOfExtension(event.filename) || isOfExtension(event.target && event.target.src)) return;
    // An element without an address is not a part of the page: the policy refused it. Only the loader of the program is
    // inline, and is a module. The game also works without offline.js.
    var part = event.target;
    var isRefused = part && !part.src && !part.href && part.type !== 'module';
    if (part && part !== window && (isRefused || part.id === 'offline')) return;
    fail(String(event.message || 'Part of the page could not be loaded.'));
  }, true);
  window.addEventListener('unhandledrejection', function (event) {
    if (isOfExtension(event.reason && event.reason.stack)) return;
    fail(String((event.reason && event.reason.message) || event.reason));
  });
  document.getElementById('failure-again').addEventListener('click', function () {
    location.reload();
  });

  if (typeof WebAssembly !== 'object') {
    fail('Blockers needs WebAssembly, which this browser does not support. Please use a current browser.');
  }
})();
