// Pages work without this; it brings what is new to the list of receipts.
(function () {
  'use strict';
  var live = document.getElementById('live');
  if (!live || !window.EventSource || !window.fetch) {
    return;
  }
  var mark = live.dataset.mark;
  var pending = false;
  var source;

  function say(text, on) {
    live.textContent = text;
    live.classList.toggle('on', on);
  }

  function refresh() {
    if (pending) {
      return;
    }
    // whoever reads or types in the list is not disturbed
    var list = document.getElementById('list');
    if (list.contains(document.activeElement) || String(window.getSelection())) {
      say('New receipts. Load the page to see them.', true);
      return;
    }
    pending = true;
    fetch(window.location.href, { credentials: 'same-origin', headers: { Accept: 'text/html' } })
      .then(function (response) {
        if (!response.ok) {
          throw new Error('status ' + response.status);
        }
        return response.text();
      })
      .then(function (html) {
        var page = new DOMParser().parseFromString(html, 'text/html');
        var next = page.getElementById('list');
        if (next) {
          list.replaceWith(document.importNode(next, true));
          document.documentElement.dataset.updated = mark;
        }
        say('Live', true);
      })
      .catch(function () {
        say('Not live', false);
      })
      .finally(function () {
        pending = false;
      });
  }

  function listen() {
    source = new EventSource(live.dataset.events + '?mark=' + encodeURIComponent(mark));
    source.addEventListener('receipts', function (event) {
      if (event.data !== mark) {
        mark = event.data;
        refresh();
      }
    });
    source.onopen = function () {
      say('Live', true);
    };
    source.onerror = function () {
      if (source.readyState === EventSource.CLOSED) {
        say('Not live', false);
      }
    };
  }

  listen();
  window.addEventListener('pagehide', function () {
    source.close();
  });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) {
      listen();
    }
  });
}());
