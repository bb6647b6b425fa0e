// Sees to it that the page is kept for when there is no line, and offers a newer version of it when there is one. The game needs
// neither, and does not notice what fails here. It is plain old JavaScript, as boot.js is.
(function () {
  'use strict';

  var HOUR = 60 * 60 * 1000;

  // A release names its worker; a page in the making has none.
  var named = document.querySelector('meta[name="worker"]');
  if (!named || !navigator.serviceWorker) return;

  // The page's policy takes no plain text as a worker's address, and lets nobody but this vouch for one.
  function address() {
    var name = named.content;
    if (!window.trustedTypes) return name;
    var rules = {
      createScriptURL: function () {
        return name;
      },
    };
    return trustedTypes.createPolicy('offline', rules).createScriptURL(name);
  }

  function follow(registration) {
    // One stands where the name is, as long as no game is going on, and one in the menu.
    var buttons = document.querySelectorAll('#load-update, #menu-update');
    var asked = Date.now();

    function offer() {
      // The very first worker replaces none.
      if (!registration.waiting || !registration.active) return;
      buttons.forEach(function (button) {
        button.hidden = false;
      });
    }

    function watch(worker) {
      if (worker) worker.addEventListener('statechange', offer);
    }

    function load() {
      var waiting = registration.waiting;
      // Another page may have taken it.
      if (!waiting) {
        location.reload();
        return;
      }
      // A page that is older than the first worker has no controller that could change, so it is the worker that is watched.
      waiting.addEventListener('statechange', function () {
        if (waiting.state === 'activated') location.reload();
      });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    }

    buttons.forEach(function (button) {
      button.addEventListener('click', load);
    });

    // A browser looks for a newer version when a page is opened, and one that is installed may be open for weeks.
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState !== 'visible' || Date.now() - asked < HOUR) return;
      asked = Date.now();
      registration.update().catch(function () {
        // There is no line; the next hour is as good.
      });
    });

    registration.addEventListener('updatefound', function () {
      watch(registration.installing);
    });
    watch(registration.installing);
    offer();
  }

  function fail(reason) {
    console.info('The game cannot be played without a line: ' + reason);
  }

  // Loading the game comes first.
  window.addEventListener('load', function () {
    try {
      navigator.serviceWorker.register(address()).then(follow).catch(fail);
    } catch (error) {
      fail(error);
    }
  });
})();
