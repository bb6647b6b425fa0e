// Runs before everything else, inside the page: shows an error when the program cannot start or has stopped, so that
// the page never fails silently. It is old JavaScript, so that browsers that cannot run the program can run this.
//
// Other scripts share the page: browser extensions, translators, the app around a web view. What goes wrong in them
// does not concern the game. So the panel is shown only for the program's own errors:
// - the program and the loader report theirs to `boot.fail`,
// - the style sheet does not load,
// - an error that the program did not catch has one of its files in its stack, and leaves the program locked.
(function () {
  'use strict';

  var boot = (window.boot = {});
  // What the files of the program have in common in their names, as soon as it is known, and their addresses.
  var stem = null;
  var files = [];
  // The functions that the program exports, as soon as it runs.
  var program = null;
  var hasFailed = false;
  // The error that may have stopped the program. Until that is known, further errors may follow from it.
  var cause = null;
  var isSettled = false;
  var whenSettled = [];

  // The page has been parsed, and its style sheet is there.
  var parsed = new Promise(function (resolve) {
    document.addEventListener('DOMContentLoaded', resolve);
  });

  // Calls the function when the game is there, or could not be started: from then on the network is free.
  boot.whenSettled = function (callback) {
    if (isSettled) callback();
    else whenSettled.push(callback);
  };

  // The program has drawn its first frame.
  boot.ready = function () {
    if (isSettled) return;
    isSettled = true;
    whenSettled.forEach(function (callback) {
      callback();
    });
  };

  // Shows the panel, with the first reason.
  boot.fail = function (reason) {
    if (hasFailed) return;
    hasFailed = true;
    var first = cause || reason;
    parsed.then(function () {
      show(String(first.message || first));
      boot.ready();
    });
  };

  function show(reason) {
    var panel = document.getElementById('failure');
    document.getElementById('failure-reason').textContent = reason;
    // An open dialog would make the panel inert. It is not closed but removed: the program may still run, and would
    // take its closing for an action of the player and open the menu.
    document.querySelectorAll('dialog[open]').forEach(function (dialog) {
      dialog.remove();
    });
    // The page behind the panel no longer works, so keyboards and screen readers must not reach it.
    var app = document.getElementById('app');
    app.inert = true;
    // Without its style sheet the page would be many screens long.
    var sheet = document.getElementById('sheet');
    if (sheet && !sheet.sheet) app.hidden = true;
    panel.hidden = false;
    var again = document.getElementById('failure-again');
    again.addEventListener('click', reload);
    // Some browsers focus only what they have laid out.
    again.getBoundingClientRect();
    again.focus();
  }

  // What came instead of a file may be in the browser's cache, even for a year. So the files are requested again first,
  // but not for long: the connection may be slow. `Promise.all` must not occur twice in this file: trunk's minifier
  // would call it without `Promise`.
  function reload() {
    var left = files.length;
    function arrived() {
      left -= 1;
      if (left === 0) location.reload();
    }
    files.forEach(function (file) {
      fetch(file, { cache: 'reload' }).then(arrived, arrived);
    });
    setTimeout(
      function () {
        location.reload();
      },
      left ? 5000 : 0
    );
  }

  function failToLoad(file, error) {
    var detail = file.replace(/^.*\//, '') + (error ? ': ' + (error.message || error) : '');
    if (location.protocol === 'file:') boot.fail('The page must come from a web server. It cannot be opened as a file.');
    else boot.fail('Part of the page could not be loaded. Check your connection, then reload. (' + detail + ')');
  }

  // Requests the WebAssembly file at once, because it is the largest one.
  boot.request = function (address) {
    stem = address.replace(/^.*\//, '').replace(/_bg\.wasm$/, '');
    files = [address, address.replace(/_bg\.wasm$/, '.js')];
    boot.response = fetch(address).then(function (response) {
      if (!response.ok) throw new Error('status ' + response.status);
      return response;
    });
    // `boot.start` handles the error, but perhaps later.
    boot.response.then(null, function () {});
  };

  // Starts the program. `bindings` is a promise of the module that wasm-bindgen makes. No `await` at the top level of a
  // module waits for this, because WebKit does not report an error after one.
  boot.start = function (bindings) {
    bindings.then(function (module) {
      return Promise.all([boot.response, parsed])
        .then(function (ready) {
          return module.default({ module_or_path: ready[0] });
        })
        .then(
          function () {
            program = module;
          },
          function (error) {
            failToLoad(stem + '_bg.wasm', error);
          }
        );
    }, function (error) {
      failToLoad(stem + '.js', error);
    });
  };

  // Returns true if the program was running when the error occurred. WebKit does not name the file of WebAssembly.
  function isOwn(error) {
    var stack = String(error && error.stack);
    return stem !== null && (stack.indexOf(stem) >= 0 || stack.indexOf('[wasm code]') >= 0);
  }

  window.addEventListener(
    'error',
    function (event) {
      var part = event.target;
      if (part && part !== window) {
        if (part.id === 'sheet') failToLoad(part.href);
        return;
      }
      if (!isOwn(event.error)) return;
      // A script of the page can fail inside a call of the program, for example when the program moves the focus.
      // The program then goes on. Only an error that goes through the program leaves it locked.
      cause = cause || event.message;
      setTimeout(function () {
        if (!program || program.isLocked()) boot.fail(cause);
        cause = null;
      });
    },
    true
  );
  window.addEventListener('unhandledrejection', function (event) {
    if (isOwn(event.reason)) boot.fail(event.reason);
  });

  // Browsers that can run the program have both. Those without the latter may not understand the script that starts it.
  if (typeof WebAssembly !== 'object' || !Promise.allSettled) {
    boot.fail('Blockers needs WebAssembly, which this browser does not support. Please use a current browser.');
  }
})();
