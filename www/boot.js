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

  // The program of a release is in two parts, see www/release/parts.mjs. The functions of the late part have places in
  // the program's table. Until it is there, the early part calls functions of this object instead, by these places.
  var late = (boot.late = { isThere: false, early: [] });
  var lateFile = document.querySelector('meta[name="late"]');
  var table = null;
  var earlyPart = null;
  var latePart = null;
  var FIRST_WAIT = 1000;
  var LONGEST_WAIT = 60000;

  late.functions = new Proxy(
    {},
    {
      get: function (_, place) {
        return function () {
          // The program is in the middle of something, and cannot wait.
          if (!late.isThere) {
            late.early.push(place);
            loadLateNow();
          }
          return table.get(Number(place)).apply(null, arguments);
        };
      },
    }
  );

  // The early part is there, but has not started.
  late.connect = function (exports) {
    earlyPart = { early: exports };
    table = exports['%table'];
    if (latePart) connectLate();
    boot.whenSettled(function () {
      loadLate(FIRST_WAIT, 'default');
    });
  };

  function connectLate() {
    if (late.isThere) return;
    new WebAssembly.Instance(latePart, earlyPart);
    late.isThere = true;
  }

  // The host has a newer version instead.
  function isGone(status) {
    return status === 404 || status === 410;
  }

  function requestLate(cache) {
    return fetch(lateFile.content, { cache: cache })
      .then(function (response) {
        // The player chooses when to load the newer version.
        if (isGone(response.status)) offerReload();
        if (!response.ok) throw new Error('status ' + response.status);
        return compile(response);
      })
      .then(function (module) {
        latePart = module;
      });
  }

  function loadLate(wait, cache) {
    if (late.isThere || hasFailed) return;
    requestLate(cache).then(connectLate, function () {
      setTimeout(loadLate, wait, Math.min(2 * wait, LONGEST_WAIT), 'reload');
    });
  }

  // Returns a promise that is fulfilled when the late part is there, or its request has failed.
  boot.whole = function () {
    if (late.isThere || !lateFile) return Promise.resolve();
    return requestLate('default').then(connectLate, function () {});
  };

  function loadLateNow() {
    var request = new XMLHttpRequest();
    try {
      request.open('GET', lateFile.content, false);
      // A synchronous request in a page can have bytes only as characters.
      request.overrideMimeType('text/plain; charset=x-user-defined');
      request.send();
      if (request.status !== 200) throw new Error('status ' + request.status);
      var bytes = Uint8Array.from(request.responseText, function (letter) {
        return letter.charCodeAt(0) & 255;
      });
      latePart = new WebAssembly.Module(bytes);
      connectLate();
    } catch (error) {
      // What the program was about to do stays half done.
      boot.fail(isGone(request.status) ? 'Update ready. Reload' : notLoaded(lateFile.content, error));
      throw error;
    }
  }

  function offerReload() {
    document.querySelectorAll('#load-update, #menu-update').forEach(function (button) {
      button.hidden = false;
      button.onclick = function () {
        location.reload();
      };
    });
  }

  function failToLoad(file, error) {
    if (location.protocol === 'file:') boot.fail('The page must come from a web server. It cannot be opened as a file.');
    else boot.fail(notLoaded(file, error));
  }

  function notLoaded(file, error) {
    var detail = file.replace(/^.*\//, '') + (error ? ': ' + (error.message || error) : '');
    return 'Part of the page could not be loaded. Check your connection, then reload. (' + detail + ')';
  }

  function isKept() {
    try {
      return !!navigator.serviceWorker.controller;
    } catch (error) {
      // There are no workers, or this is a frame without an origin.
      return false;
    }
  }

  // Compiles while the file comes and the page is parsed. For that the host must say that it is WebAssembly, without a
  // charset.
  function compile(response) {
    if (WebAssembly.compileStreaming && response.headers.get('Content-Type') === 'application/wasm') {
      return WebAssembly.compileStreaming(response);
    }
    return response.arrayBuffer().then(function (bytes) {
      return WebAssembly.compile(bytes);
    });
  }

  // Requests the WebAssembly file at once, because it is the largest one.
  boot.request = function (address) {
    stem = address.replace(/^.*\//, '').replace(/_bg\.wasm$/, '');
    files = [address, address.replace(/_bg\.wasm$/, '.js')];
    boot.module = fetch(address).then(function (response) {
      if (!response.ok) throw new Error('status ' + response.status);
      return compile(response);
    });
    if (!lateFile) return;
    files.push(lateFile.content);
    // From the service worker's cache both parts come at once. A link needs more of the program than a new game.
    if (isKept() || location.search || location.hash) boot.rest = requestLate('default').then(null, function () {});
    // `boot.start` handles the error, but perhaps later.
    boot.module.then(null, function () {});
  };

  // The texts in languages that the program does not contain. What has come once is kept, so that it is there offline;
  // an update replaces it, see www/release/words.mjs.
  var wordFiles = document.querySelector('meta[name="words"]');

  function addressOfWords(code) {
    return (wordFiles ? wordFiles.content : 'l10n/*.ftl').replace('*', code);
  }

  function keptWords() {
    return window.caches && wordFiles ? caches.open('words') : Promise.reject();
  }

  // Returns a promise of the texts in a language.
  boot.words = function (code) {
    var address = addressOfWords(code);
    return keptWords()
      .then(function (cache) {
        return cache.match(address);
      })
      .then(null, function () {
        // There is no cache, or the browser forbids it.
      })
      .then(function (found) {
        return found || fetch(address);
      })
      .then(function (response) {
        if (!response.ok) throw new Error('status ' + response.status);
        return response.text();
      });
  };

  // Keeps the texts in a language, which the program has checked.
  boot.keepWords = function (code, text) {
    keptWords()
      .then(function (cache) {
        return cache.put(addressOfWords(code), new Response(text));
      })
      .then(null, function () {
        // Then they are requested in every visit.
      });
  };

  // Starts the program. `bindings` is a promise of the module that wasm-bindgen makes. No `await` at the top level of a
  // module waits for this, because WebKit does not report an error after one.
  boot.start = function (bindings) {
    bindings.then(function (module) {
      return Promise.all([boot.module, parsed, boot.rest])
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
