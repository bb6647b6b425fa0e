// Runs before the program. It says so when the program cannot start, or has stopped: whatever happens, the page is never
// silently dead. It is plain old JavaScript, so that browsers that cannot run the program can run this.
(function () {
  'use strict';

  function fail(reason) {
    var panel = document.getElementById('failure');
    if (!panel || !panel.hidden) return;
    document.getElementById('failure-reason').textContent = reason;
    // Below a dialog that is open nothing can be pressed.
    document.querySelectorAll('dialog[open]').forEach(function (dialog) {
      dialog.close();
    });
    // What is behind the panel is dead, and is no more to be found by keys or by a screen reader.
    document.getElementById('app').inert = true;
    panel.hidden = false;
    document.getElementById('failure-again').focus();
  }

  // A panic of the program aborts it, and arrives here as an uncaught error; so does all that fails while it is loaded.
  // What an extension of the browser does wrong in this page is not ours.
  function foreign(where) {
    return /[a-z]-extension:/.test(String(where));
  }

  window.addEventListener('error', function (event) {
    if (foreign(event.filename) || foreign(event.target && event.target.src)) return;
    // What has no address is no part of the page, but something that its policy has refused. And without offline.js there is a
    // game, too.
    var part = event.target;
    // The program's loader stands in the page, too, and is a module.
    if (part && part !== window && ((!part.src && !part.href && part.type !== 'module') || part.id === 'offline')) return;
    fail(String(event.message || 'A part of the page could not be loaded.'));
  }, true);
  window.addEventListener('unhandledrejection', function (event) {
    if (foreign(event.reason && event.reason.stack)) return;
    fail(String((event.reason && event.reason.message) || event.reason));
  });
  document.getElementById('failure-again').addEventListener('click', function () {
    location.reload();
  });

  if (typeof WebAssembly !== 'object') {
    fail('This browser has no WebAssembly, which the game is made of. Any current one has it.');
  }
})();
