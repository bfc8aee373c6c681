// Comfort for the reading room: keys, light and dark, the other side of a pair, a larger picture. Everything works
// without it. What is chosen is kept in this browser only.
'use strict';
(() => {
  const words = {
    keys: 'Single keys', on: 'on', off: 'off', theme: 'Colours', system: 'as the system', light: 'light', dark: 'dark',
    larger: 'Larger', smaller: 'Smaller',
  };
  const root = document.documentElement;
  const store = {
    get(key) { try { return localStorage.getItem(`wirecopy.${key}`); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(`wirecopy.${key}`, value); } catch { /* not kept, then */ } },
  };

  // Light and dark.
  const themes = ['system', 'light', 'dark'];
  const theme = () => themes.includes(store.get('theme')) ? store.get('theme') : 'system';
  const paint = () => { if (theme() === 'system') delete root.dataset.theme; else root.dataset.theme = theme(); };
  const turn = () => {
    store.set('theme', themes[(themes.indexOf(theme()) + 1) % themes.length]);
    paint();
    settings();
  };
  paint();

  // The settings, on the page that tells of them.
  const keys = () => store.get('keys') !== 'off';
  function button(label, act) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', act);
    return made;
  }
  function settings() {
    const place = document.getElementById('settings');
    if (!place) return;
    const focused = [...place.children].indexOf(document.activeElement);
    place.replaceChildren(
      button(`${words.keys}: ${keys() ? words.on : words.off}`, () => { store.set('keys', keys() ? 'off' : 'on'); settings(); }),
      ' ',
      button(`${words.theme}: ${words[theme()]}`, turn),
    );
    if (focused >= 0) place.children[focused].focus();
  }
  settings();

  // The next thing on the page, and the one before.
  const things = '.stories > li h2 a, .xray > li, .hits > li > a, tbody > tr a, .timeline > li a, .dispute, .quote, .changes > li, .claims > li';
  function step(by) {
    const all = [...document.querySelectorAll(things)].filter(thing => thing.getClientRects().length);
    if (!all.length) return;
    const line = 120;
    let at = all.findIndex(thing => thing === document.activeElement || thing.contains(document.activeElement));
    if (at < 0) {
      at = all.findIndex(thing => thing.getBoundingClientRect().top > line);
      at = by > 0 ? (at < 0 ? all.length - 1 : at) : Math.max(0, at - 1);
    } else {
      at = Math.min(all.length - 1, Math.max(0, at + by));
    }
    const thing = all[at];
    if (!thing.matches('a, [tabindex]')) thing.tabIndex = -1;
    thing.focus({ preventScroll: true });
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    thing.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  }

  // A larger picture.
  function zoom(by) {
    for (const picture of document.querySelectorAll('.picture > svg')) {
      const wide = Number(picture.dataset.zoom ?? 1) * by;
      if (wide < 0.5 || wide > 4) continue;
      picture.dataset.zoom = wide;
      const box = picture.viewBox.baseVal;
      picture.setAttribute('width', Math.round(box.width * wide));
      picture.setAttribute('height', Math.round(box.height * wide));
    }
  }
  for (const picture of document.querySelectorAll('.picture')) {
    const bar = document.createElement('p');
    bar.className = 'zoom';
    bar.append(button(words.larger, () => zoom(1.25)), ' ', button(words.smaller, () => zoom(0.8)));
    picture.before(bar);
  }

  // What a row of the differences changes stands out in both texts.
  const sides = [...document.querySelectorAll('.texts > div')];
  const marks = sides.map(side => [...side.querySelectorAll('ins, del, mark')]);
  const plain = mark => [...mark.childNodes].filter(node => !(node.classList && node.classList.contains('vh')))
    .map(node => node.textContent).join('').trim();
  for (const row of document.querySelectorAll('.changes > li')) {
    const told = [...row.querySelectorAll('del, ins')].map(plain).filter(Boolean);
    const pair = marks.flat().filter(mark => told.includes(plain(mark)));
    if (!pair.length) continue;
    const show = on => pair.forEach(mark => mark.classList.toggle('lit', on));
    for (const [enter, leave] of [['mouseenter', 'mouseleave'], ['focusin', 'focusout']]) {
      row.addEventListener(enter, () => show(true));
      row.addEventListener(leave, () => show(false));
    }
  }

  const places = { s: '/', o: '/sources', n: '/network' };
  document.addEventListener('keydown', event => {
    if (!keys() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    const acts = {
      '/': () => document.getElementById('q')?.focus(), j: () => step(1), k: () => step(-1), t: turn,
      '+': () => zoom(1.25), '-': () => zoom(0.8),
    };
    if (acts[event.key]) {
      event.preventDefault();
      acts[event.key]();
    } else if (places[event.key]) {
      location.assign(places[event.key]);
    }
  });
})();
