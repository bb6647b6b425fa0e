// Registers the service worker, which makes the page work offline, and offers new versions. The game works without it.
// It is old JavaScript, as boot.js is.
(function () {
  'use strict';

  var HOUR = 60 * 60 * 1000;

  // Only a release names a worker.
  var named = document.querySelector('meta[name="worker"]');
  if (!named) return;

  // The page's policy accepts the address of a worker only from the trusted types policy `offline`.
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
    // One is in the place of the title while no game is in progress, the other one in the menu.
    var buttons = document.querySelectorAll('#load-update, #menu-update');
    var asked = Date.now();

    function offer() {
      // The first worker does not replace one.
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
      // Another tab may have activated it.
      if (!waiting) {
        location.reload();
        return;
      }
      // Watch the worker, not the controller: a page that was opened before the first worker was active has none.
      waiting.addEventListener('statechange', function () {
        if (waiting.state === 'activated') location.reload();
      });
      waiting.postMessage({ type: 'SKIP_WAITING' });
    }

    buttons.forEach(function (button) {
      button.addEventListener('click', load);
    });

    // Browsers look for a new version when a page is opened, but an installed one may stay open for weeks.
    document.addEventListener('visibilitychange', function () {
      if (document.visibilityState !== 'visible' || Date.now() - asked < HOUR) return;
      asked = Date.now();
      registration.update().catch(function () {
        // Offline: try again in an hour.
      });
    });

    registration.addEventListener('updatefound', function () {
      watch(registration.installing);
    });
    watch(registration.installing);
    offer();
  }

  function fail(reason) {
    console.info('The game is not available offline: ' + reason);
  }

  // Loading the game comes first: the worker then finds the files in the browser's cache.
  boot.whenSettled(function () {
    try {
      // In a frame without an origin, reading the property fails.
      var workers = navigator.serviceWorker;
      if (workers) workers.register(address()).then(follow).catch(fail);
    } catch (error) {
      fail(error);
    }
  });
})();
