// The search: a dialog on every page, and the page `search/`. Loaded by site.js when it is opened, and loads the
// index and the engine in turn. What is typed and what is found is put into the page as text, never as HTML.

(() => {
  "use strict";

  const shared = self.bailiwick;

  // Words are split the same way when the index is made and when something is asked. Scripts that put no space
  // between words are split into overlapping pairs of letters: unlike a dictionary, which cuts `東京都` one way in a
  // text and another way while it is being typed, pairs always meet their like.
  const WORD = /[\p{L}\p{N}\p{M}]+/gu;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;
  // Cheaper, and true of every word that `UNSPACED` finds something in.
  const MAY_BE_UNSPACED = /[\u0e00-\u1fff\u2e80-\uffff]/;
  // Marks that people leave out when they type: those over Latin, Greek and Cyrillic letters.
  const MARKS = /[\u0300-\u036f]/g;
  const BEYOND_ASCII = /[^\0-\x7f]/;

  function fold(word) {
    const small = word.toLowerCase();
    return BEYOND_ASCII.test(small) ? small.normalize("NFD").replace(MARKS, "").normalize("NFC") : small;
  }

  /** The words of a text, each with where it begins and ends in it. */
  function words(text) {
    const found = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (MAY_BE_UNSPACED.test(word)) mixed(word, index, found);
      else found.push({ term: fold(word), start: index, end: index + word.length });
    }
    return found;
  }

  function mixed(word, offset, found) {
    let done = 0;
    const spaced = (end) => {
      if (end > done) found.push({ term: fold(word.slice(done, end)), start: offset + done, end: offset + end });
    };
    for (const { 0: run, index } of word.matchAll(UNSPACED)) {
      spaced(index);
      pairs(run, offset + index, found);
      done = index + run.length;
    }
    spaced(word.length);
  }

  function pairs(run, offset, found) {
    const letters = [...run];
    let start = offset;
    for (let at = 0; at < Math.max(1, letters.length - 1); at += 1) {
      const pair = letters[at] + (letters[at + 1] ?? "");
      found.push({ term: fold(pair), start, end: start + pair.length });
      start += letters[at].length;
    }
  }

  const terms = (text) => words(text).map((word) => word.term);

  // The index

  const FIELDS = ["title", "tags", "text", "more"];

  function engine(vocabulary) {
    return new self.MiniSearch({
      fields: FIELDS,
      tokenize: (text, field) => (field === "more" ? counted(text, vocabulary) : terms(text)),
      processTerm: (term) => term,
      searchOptions: { boost: { title: 5, tags: 2 }, prefix: true },
    });
  }

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const DIGIT = new Map([...DIGITS].map((digit, value) => [digit, value]));

  /** The words that stand as numbers in `more`: see `written` in src/view/vocabulary.rs. */
  function counted(text, vocabulary) {
    const found = [];
    let [number, distance, weight] = [-1, 0, 1];
    for (const letter of text) {
      const digit = DIGIT.get(letter);
      distance += digit * weight;
      weight *= 16;
      if (digit >= 48) continue;
      number += distance + 1;
      [distance, weight] = [0, 1];
      // One word of the text can be many of a script without spaces.
      const word = vocabulary[number];
      if (typeof word === "string") vocabulary[number] = terms(word);
      found.push(...vocabulary[number]);
    }
    return found;
  }

  let making;

  /** Loads the index and fills the engine a little at a time, so that typing is answered in between. */
  function index(whenMore) {
    making ??= make();
    making.then(({ more }) => more.add(whenMore), () => {});
    return making;
  }

  async function make() {
    try {
      const needs = [];
      if (!self.MiniSearch) needs.push(shared.load("assets/vendor/minisearch.js"));
      if (!shared.index) needs.push(shared.load("search/index.js"));
      await Promise.all(needs);
    } catch (error) {
      making = undefined;
      throw error;
    }
    const { entries, words, vocabulary } = shared.index;
    const made = {
      engine: engine(vocabulary.split(" ")), entries, words, isWhole: false, restUntil: 0, more: new Set(),
    };
    fillSlowly(made);
    return made;
  }

  function fillSlowly(made, from = 0) {
    // Who types is answered, and sees the answer, before it goes on.
    const rest = made.restUntil - performance.now();
    if (rest > 0) {
      setTimeout(fillSlowly, rest, made, from);
      return;
    }
    // What comes first may take a moment; afterwards nobody who types may notice.
    const until = performance.now() + (from === 0 ? 40 : 12);
    let at = from;
    for (; at < made.entries.length && performance.now() < until; at += 1) {
      const { title, tags, text, more } = made.entries[at];
      made.engine.add({ id: at, title, tags, text, more });
    }
    made.isWhole = at === made.entries.length;
    if (made.isWhole) made.more.forEach((whenMore) => whenMore());
    else setTimeout(fillSlowly, 0, made, at);
  }

  /** How many results are shown: who does not find it among these types on. */
  const SHOWN = 24;

  // Two letters in the wrong order are two slips.
  const slips = (term) => (term.length < 4 || MAY_BE_UNSPACED.test(term) ? false : term.length < 6 ? 1 : 2);

  /** Whether a term can begin so many words that it says little; one sign of Chinese or Japanese can be a word. */
  const isShort = (term) => term.length < 3 && !MAY_BE_UNSPACED.test(term);

  /** What a term asks for: a short one is a whole word, or two letters with which a word of a title begins. */
  function wanted(term) {
    if (!isShort(term)) return term;
    const whole = { queries: [term], prefix: false };
    const begun = { queries: [term], fields: ["title", "tags"] };
    return { combineWith: "OR", queries: term.length > 1 ? [whole, begun] : [whole] };
  }

  /** The hits of a query, the best first. */
  function hitsOf(engine, query) {
    const all = terms(query).map(wanted);
    // A short word at the end is one that is just being typed: what has it comes first, and nothing is taken away.
    const isBegun = all.length > 1 && typeof all.at(-1) !== "string" && !query.endsWith(" ");
    const search = (combineWith, options) => {
      const queries = [{ combineWith, queries: isBegun ? all.slice(0, -1) : all }];
      if (isBegun) queries.push({ combineWith: "AND", queries: all });
      return engine.search({ combineWith: "OR", queries }, options);
    };
    const hits = search("AND");
    if (hits.length > 0) return hits;
    // Slips are looked for only where there is nothing without them: who types well gets nothing that looks alike.
    const near = search("AND", { fuzzy: slips });
    return near.length > 0 ? near : search("OR", { fuzzy: slips });
  }

  /** What is found, the best first, by kind: `[[kind, [{entry, terms}]]]`, with the number of all. */
  function found(made, query) {
    const hits = hitsOf(made.engine, query);
    const groups = new Map();
    for (const hit of hits.slice(0, SHOWN)) {
      const entry = made.entries[hit.id];
      if (!groups.has(entry.kind)) groups.set(entry.kind, []);
      groups.get(entry.kind).push({ entry, terms: new Set(hit.terms) });
    }
    return { groups: [...groups], count: hits.length };
  }

  // What is shown

  /** An element with attributes and children; text becomes text. */
  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** Where a text holds what was found, from left to right. Pairs that overlap become one place. */
  function places(text, wanted) {
    const found = [];
    for (const { term, start, end } of words(text)) {
      if (!wanted.has(term)) continue;
      const last = found.at(-1);
      if (last && start <= last.end) last.end = end;
      else found.push({ start, end });
    }
    return found;
  }

  /** A stretch of a text in pieces, those that were found marked. */
  function marked(text, found, from = 0, to = text.length) {
    const pieces = [];
    let done = from;
    for (const { start, end } of found) {
      if (start < from || end > to) continue;
      pieces.push(text.slice(done, start), element("mark", {}, text.slice(start, end)));
      done = end;
    }
    pieces.push(text.slice(done, to));
    return pieces;
  }

  const EXCERPT = 150;

  /** The stretch of a text that holds most of what was found. */
  function excerpt(text, wanted) {
    const found = places(text, wanted);
    const around = ({ start }) => found.filter((place) => place.start >= start && place.end < start + EXCERPT * 0.8).length;
    const best = found.slice(0, 20).reduce((a, b) => (!a || around(b) > around(a) ? b : a), undefined);
    const from = !best || best.start < 40 ? 0 : Math.min(cut(text, best.start - 30), best.start);
    const to = cut(text, from + EXCERPT);
    return [from > 0 ? "…" : "", ...marked(text, found, from, to), to < text.length ? "…" : ""];
  }

  /** The next end of a word, so that nothing is cut within. */
  function cut(text, at) {
    if (at >= text.length) return text.length;
    const space = text.indexOf(" ", at);
    const end = space < 0 || space > at + 20 ? at : space;
    // Not between the halves of a letter.
    return end > 0 && /[\udc00-\udfff]/.test(text[end] ?? "") ? end + 1 : end;
  }

  let made = 0;

  /** A field with its results, to be put into a dialog or a page. */
  function widget(label, changed = () => {}) {
    const id = `search-${(made += 1)}`;
    const field = element("input", {
      type: "search", role: "combobox", "aria-label": label, placeholder: label, "aria-expanded": "false",
      "aria-controls": `${id}-results`, "aria-autocomplete": "list", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", enterkeyhint: "go",
    });
    const state = element("p", { class: "search-state", role: "status" });
    const results = element("div", { class: "search-results", id: `${id}-results`, role: "listbox", "aria-label": label });
    results.hidden = true;
    let options = [];
    let chosen = -1;

    function choose(at, scroll = true) {
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = at;
      const option = options[chosen];
      if (option) {
        option.setAttribute("aria-selected", "true");
        field.setAttribute("aria-activedescendant", option.id);
        if (scroll) option.scrollIntoView({ block: "nearest" });
      } else field.removeAttribute("aria-activedescendant");
    }

    function row({ entry, terms }, at) {
      const title = element("span", {}, element("bdi", {}, ...marked(entry.title, places(entry.title, terms))));
      const line = element("span", { class: "hit" }, title);
      if (entry.date) line.append(element("time", { datetime: entry.date }, entry.day ?? entry.date));
      const link = element("a", {
        role: "option", id: `${id}-${at}`, href: shared.root() + entry.href, tabindex: "-1", "aria-selected": "false",
      }, line);
      if (entry.text) link.append(element("span", { class: "excerpt" }, ...excerpt(entry.text, terms)));
      return link;
    }

    async function answer() {
      let ready;
      try {
        ready = await index(answer);
      } catch {
        return;
      }
      ready.restUntil = performance.now() + 60;
      const query = field.value.trim();
      const { groups, count } = query ? found(ready, field.value) : { groups: [], count: 0 };
      let at = 0;
      results.replaceChildren(...groups.map(([kind, hits]) => element(
        "div", { class: "search-group", role: "group", "aria-label": ready.words.kinds[kind] },
        element("p", { "aria-hidden": "true" }, ready.words.kinds[kind]),
        ...hits.map((hit) => row(hit, (at += 1))),
      )));
      options = [...results.querySelectorAll("[role=option]")];
      results.hidden = options.length === 0;
      results.setAttribute("aria-busy", String(!ready.isWhole));
      field.setAttribute("aria-expanded", String(options.length > 0));
      results.scrollTop = 0;
      choose(options.length ? 0 : -1, false);
      if (!query) state.textContent = ready.words.prompt;
      else if (count === 0) state.textContent = ready.isWhole ? ready.words.none.replace("{query}", query) : ready.words.loading;
      else state.textContent = ready.words.count.replace("{count}", count);
      changed(query);
    }

    field.addEventListener("input", answer);
    field.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length) {
        event.preventDefault();
        choose((chosen + step + options.length) % options.length);
      } else if (event.key === "Enter" && !event.isComposing && options[chosen]) {
        event.preventDefault();
        options[chosen].click();
      } else if (event.key === "Escape" && !event.isComposing && dialog?.open) {
        // Some browsers empty a field of a search first; one key is enough to leave.
        event.preventDefault();
        leave(dialog);
      }
    });
    results.addEventListener("pointermove", (event) => {
      const over = options.indexOf(event.target.closest("[role=option]"));
      if (over >= 0 && over !== chosen) choose(over, false);
    });
    return { field, state, results, answer };
  }

  let dialog;

  /** Shows the search over the page. */
  function open(opener) {
    const label = opener.dataset.search;
    if (!dialog?.isConnected) dialog = makeDialog(label, opener.dataset.close);
    dialog.showModal();
    const field = dialog.querySelector("input");
    // Another page may be shown by now, from where links lead otherwise.
    field.dispatchEvent(new Event("input"));
    field.focus();
    field.select();
  }

  /** Closes the search. The field lets go at once: for a moment it would still take the key that opens it again. */
  function leave(dialog) {
    dialog.querySelector("input").blur();
    dialog.close();
  }

  function makeDialog(label, closing) {
    const { field, state, results, answer } = widget(label);
    const close = element("button", { type: "button", class: "tool" }, closing);
    const made = element(
      "dialog", { class: "search-dialog", "aria-label": label },
      element("div", { class: "search-field" }, field, close), state, results,
    );
    close.addEventListener("click", () => leave(made));
    // The browser has closed it by itself; told late, it may be open again by now.
    made.addEventListener("close", () => made.open || field.blur());
    made.addEventListener("click", (event) => {
      // The ground around the dialog, or a link that leads on.
      if (event.target === made || event.target.closest("a")) leave(made);
    });
    document.body.append(made);
    answer();
    return made;
  }

  /** Puts the search into its own page. What is asked stands in the address, so that it can be sent. */
  function fill(place) {
    const remember = (query) => {
      const url = new URL(location.href);
      if (query) url.searchParams.set("q", query);
      else url.searchParams.delete("q");
      if (url.href !== location.href) history.replaceState(history.state, "", url);
    };
    const { field, state, results, answer } = widget(place.dataset.searchPage, remember);
    field.value = new URL(location.href).searchParams.get("q") ?? "";
    place.replaceChildren(element("div", { class: "search-field" }, field), state, results);
    answer();
    field.focus();
  }

  shared.search = { open, fill };
})();
