// What pages do where a script may run: contents that follow the scrolling, filters over lists, suggestions for a
// lost address, and the door to the search. Pages are whole without it.
//
// Nothing here is bound to the one page that was loaded. A page is an element with `data-page`, and `data-root` on it
// is the way to the root of the site; whoever puts another one into the document sends `bailiwick:page` from it.

(() => {
  "use strict";

  const shared = (self.bailiwick ??= {});

  // Script elements, because pages on a disk may not fetch. Each is loaded once in the life of the document.
  const loading = new Map();

  document.addEventListener("bailiwick:page", (event) => show(event.target));
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onChange);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("toggle", () => pages().forEach(findStops), true);
  addEventListener("resize", () => pages().forEach(findStops));
  addEventListener("popstate", () => pages().forEach(applyAddress));
  pages().forEach(show);

  function pages() {
    return [...document.querySelectorAll("[data-page]")];
  }

  function show(page) {
    fillContents(page);
    applyAddress(page);
    findStops(page);
    page.querySelectorAll("[data-search-page]").forEach(async (place) => (await search(page)).fill(place));
    page.querySelectorAll("[data-missing]").forEach((place) => suggest(page, place));
  }

  function onClick(event) {
    const opener = event.target.closest("[data-search]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (opener && plain) {
      event.preventDefault();
      openSearch(opener);
    }
    const clear = event.target.closest("[data-clear]");
    if (clear) {
      for (const select of clear.form.querySelectorAll("select")) select.value = "";
      filter(clear.form);
      clear.form.querySelector("select").focus();
    }
  }

  function onKey(event) {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const letter = event.key === "k" && (event.ctrlKey || event.metaKey);
    const opener = document.querySelector("[data-search]");
    if ((slash || letter) && opener && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      openSearch(opener);
    }
  }

  function onChange(event) {
    if (event.target.form?.matches("[data-filters]")) filter(event.target.form);
  }

  // Who tabs past the last link of the menu is on the page again, and would not see where: the menu lies over it.
  function onFocus(event) {
    const menu = document.querySelector(".menu:popover-open");
    if (menu && !menu.contains(event.target) && !event.target.matches("[popovertarget]")) menu.hidePopover();
  }

  // A table can be moved by keys where it is wider than its place, and is no stop for them where it is not.
  function findStops(page) {
    const tables = [...page.querySelectorAll(".table")];
    const isWide = tables.map((table) => table.scrollWidth > table.clientWidth);
    tables.forEach((table, at) => (table.tabIndex = isWide[at] ? 0 : -1));
  }

  // Search. Nothing of it is loaded before it is opened.

  async function openSearch(opener) {
    // On the page that is itself a search, the field is already there.
    const field = document.querySelector("[data-search-page] input");
    if (field) field.focus();
    else (await search(pages()[0])).open(opener);
  }

  async function search(page) {
    if (!shared.search) await load(page, "assets/search.js");
    return shared.search;
  }

  function load(page, path) {
    if (!loading.has(path)) {
      const ready = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = page.dataset.root + path;
        script.onload = resolve;
        script.onerror = () => {
          loading.delete(path);
          script.remove();
          reject(new Error(`cannot load ${path}`));
        };
        document.head.append(script);
      });
      loading.set(path, ready);
    }
    return loading.get(path);
  }

  shared.load = (path) => load(pages()[0], path);
  shared.root = () => pages()[0].dataset.root;

  // What is on this page

  function fillContents(page) {
    const nav = page.querySelector(".contents");
    if (!nav) return;
    const list = nav.querySelector("ol");
    const links = new Map([...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    const headings = [...page.querySelectorAll(".prose :is(h2, h3)[id], .part > h2")];
    const lines = headings.map((heading, at) => {
      const id = heading.id || heading.parentElement.id || (heading.id = `part-${at + 1}`);
      return { heading, link: links.get(decodeURIComponent(id)) ?? links.get(id) ?? line(heading, id) };
    });
    if (lines.length < 3) return;
    list.replaceChildren(...lines.map(({ link }) => link.closest("li")));
    nav.classList.add("filled");
    if (location.hash.startsWith("#part-")) document.getElementById(location.hash.slice(1))?.scrollIntoView();

    let here;
    const follow = () => {
      const isAtEnd = Math.ceil(innerHeight + scrollY) >= document.documentElement.scrollHeight;
      const line = isAtEnd ? innerHeight : innerHeight * 0.3;
      const now = (lines.findLast(({ heading }) => heading.getBoundingClientRect().top < line) ?? lines[0]).link;
      if (now === here) return;
      here?.classList.remove("here");
      here?.removeAttribute("aria-current");
      here = now;
      here.classList.add("here");
      here.setAttribute("aria-current", "location");
    };
    follow();
    // A page that is taken out of the document takes its listener with it.
    const whenScrolled = () => (nav.isConnected ? requestAnimationFrame(follow) : removeEventListener("scroll", whenScrolled));
    addEventListener("scroll", whenScrolled, { passive: true });
  }

  function line(heading, id) {
    const item = document.createElement("li");
    item.className = `added level-${heading.localName.slice(1)}`;
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = heading.textContent.trim();
    item.append(link);
    return link;
  }

  // Filters: a form of selects over the rows of a list. What is chosen stands in the address, so that it can be sent.

  function applyAddress(page) {
    const chosen = new URL(location.href).searchParams;
    for (const form of page.querySelectorAll("[data-filters]")) {
      for (const select of form.querySelectorAll("select")) {
        const wanted = chosen.get(select.name) ?? "";
        select.value = wanted;
        if (select.selectedIndex < 0) select.value = "";
      }
      filter(form, false);
    }
  }

  function filter(form, remember = true) {
    const selects = [...form.querySelectorAll("select")];
    const chosen = selects.filter((select) => select.value);
    const page = form.closest("[data-page]");
    const rows = [...page.querySelectorAll("[data-rows] > *")];
    let shown = 0;
    for (const row of rows) {
      const fits = chosen.every((select) => matches(row, select.name, select.value));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    selects.forEach((select) => select.classList.toggle("chosen", Boolean(select.value)));
    form.querySelector("[data-clear]").disabled = chosen.length === 0;
    const state = page.querySelector("[data-some]");
    state.textContent = chosen.length
      ? state.dataset.some.replace("{shown}", shown).replace("{all}", rows.length)
      : state.dataset.all;
    if (remember) rememberChoice(selects);
  }

  function matches(row, name, value) {
    if (name !== "period") return (row.dataset[name] ?? "").split(" ").includes(value);
    const [year, quarter] = value.split("-Q");
    const [rowYear, month] = (row.dataset.date ?? "").split("-");
    return year === rowYear && (!quarter || Math.ceil(month / 3) === Number(quarter));
  }

  function rememberChoice(selects) {
    const url = new URL(location.href);
    for (const select of selects) {
      if (select.value) url.searchParams.set(select.name, select.value);
      else url.searchParams.delete(select.name);
    }
    history.replaceState(history.state, "", url);
  }

  // An address that leads nowhere: the pages with the most similar addresses.

  async function suggest(page, place) {
    await load(page, "search/index.js");
    const lost = words(location.pathname.replace(/(index)?\.html?$/, ""));
    const near = shared.index.entries
      .map((entry) => ({ entry, score: similarity(lost, words(entry.href)) }))
      .filter(({ score }) => score > 0.3)
      .sort((a, b) => b.score - a.score)
      .slice(0, 5);
    if (near.length === 0) return;
    place.querySelector("ul").replaceChildren(
      ...near.map(({ entry }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = page.dataset.root + entry.href;
        link.textContent = entry.title;
        item.append(link);
        return item;
      }),
    );
    place.hidden = false;
  }

  function words(path) {
    let text = path;
    try {
      text = decodeURIComponent(path);
    } catch {
      // Not an encoding: taken as it stands.
    }
    return text.toLowerCase().split(/[/\-_.\s]+/).filter((word) => word && word !== "index" && word !== "html");
  }

  // How much of the longer address is in the other, from 0 to 1; a word counts by its pairs of letters.
  function similarity(a, b) {
    const best = (word, others) => Math.max(0, ...others.map((other) => alike(word, other)));
    const sum = (from, to) => from.reduce((total, word) => total + best(word, to) * word.length, 0);
    const length = (list) => list.reduce((total, word) => total + word.length, 0);
    return (sum(a, b) + sum(b, a)) / (length(a) + length(b) || 1);
  }

  function alike(a, b) {
    if (a === b) return 1;
    const pairs = (word) => [...` ${word} `].map((letter, at, all) => letter + (all[at + 1] ?? "")).slice(0, -1);
    const [left, right] = [pairs(a), pairs(b)];
    const common = left.filter((pair) => right.includes(pair)).length;
    const score = (2 * common) / (left.length + right.length);
    return score > 0.5 ? score : 0;
  }
})();
