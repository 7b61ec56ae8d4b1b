// The live preview's side in the page: reloads it when it has changed, swaps styles and pictures in place, and shows
// what is wrong. Part of the server alone; no built site contains it.
"use strict";
(() => {
  const { page, hash } = document.currentScript.dataset;
  const own = "/_bailiwick/";
  let shown = hash;
  let stream = null;
  let pause = 500;
  let faults = { own: [], elsewhere: [], errors: 0, warnings: 0 };
  let readers = { reader: "", readers: [] };
  let isLost = false;
  // Opened by the reader, or by a fault of this page; closed by the reader until the next fault.
  let isOpen = false;
  let hiding = 0;

  // ---- The place on the page that one was reading -----------------------------------------------------------------

  const place = "bailiwick:place";

  function reload() {
    sessionStorage.setItem(place, JSON.stringify({ page, x: scrollX, y: scrollY }));
    location.reload();
  }

  function restorePlace() {
    const kept = JSON.parse(sessionStorage.getItem(place) || "null");
    sessionStorage.removeItem(place);
    if (kept && kept.page === page) scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  }

  // ---- What is swapped without a reload ---------------------------------------------------------------------------

  function swap(paths) {
    const changed = new Set(paths.map((path) => "/" + path));
    const isChanged = (address) => address && changed.has(new URL(address, location.href).pathname);
    if ([...document.scripts].some((script) => isChanged(script.getAttribute("src")))) return reload();
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      if (!isChanged(link.getAttribute("href"))) continue;
      const next = link.cloneNode();
      next.href = fresh(link.href);
      // The old style stays until the new one is there, so that nothing flashes.
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  }

  function swapPictures() {
    for (const picture of document.images) picture.src = fresh(picture.src);
  }

  function fresh(address) {
    const url = new URL(address, location.href);
    url.searchParams.set("at", Date.now());
    return url.href;
  }

  // ---- The stream -------------------------------------------------------------------------------------------------

  function listen() {
    if (stream || document.hidden) return;
    const query = new URLSearchParams({ page, hash: shown });
    stream = new EventSource(own + "events?" + query);
    const on = (name, act) => stream.addEventListener(name, (event) => act(event.data));
    on("hello", (data) => { readers = JSON.parse(data); draw(); });
    on("reload", reload);
    on("files", (data) => swap(JSON.parse(data)));
    on("pictures", swapPictures);
    on("faults", (data) => take(JSON.parse(data)));
    stream.onopen = () => { pause = 500; isLost = false; draw(); };
    stream.onerror = () => {
      leave();
      isLost = true;
      draw();
      setTimeout(listen, pause);
      pause = Math.min(pause * 2, 5000);
    };
  }

  function leave() {
    if (stream) stream.close();
    stream = null;
  }

  // A browser opens few connections to one server: pages that nobody looks at keep none.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);

  function take(next) {
    clearTimeout(hiding);
    const had = faults.own.some(isError);
    const has = next.own.some(isError);
    const show = () => {
      faults = next;
      if (has && !had) isOpen = true;
      if (!has && had) isOpen = false;
      draw();
    };
    // While a file is checked anew, its faults are gone for a moment.
    if (had && !has) hiding = setTimeout(show, 400);
    else show();
  }

  const isError = (fault) => fault.severity === "error";

  // ---- What is drawn: in a shadow, so that neither style touches the other ---------------------------------------

  const host = document.createElement("bailiwick-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = own + "client.css";
  const root = document.createElement("div");
  root.className = "root";
  shadow.append(style, root);

  // Texts come from files: they are only ever set as text.
  function element(name, className, ...children) {
    const it = document.createElement(name);
    if (className) it.className = className;
    it.append(...children.filter((child) => child !== null && child !== undefined));
    return it;
  }

  function draw() {
    const panel = isOpen ? drawPanel() : null;
    root.replaceChildren(...[panel, drawCorner()].filter(Boolean));
    if (!host.isConnected) document.documentElement.append(host);
  }

  function drawCorner() {
    const corner = element("div", "corner");
    if (isLost) corner.append(element("span", "lost", "The server has stopped"));
    if (faults.errors + faults.warnings > 0) {
      const words = [count(faults.errors, "error"), count(faults.warnings, "warning")].filter(Boolean).join(", ");
      const button = element("button", faults.errors ? "count errors" : "count", words);
      button.type = "button";
      button.setAttribute("aria-expanded", String(isOpen));
      button.addEventListener("click", () => { isOpen = !isOpen; draw(); });
      corner.append(button);
    }
    if (readers.readers.length > 1) corner.append(drawReaders());
    return corner;
  }

  function drawReaders() {
    const select = element("select", "");
    select.setAttribute("aria-label", "Look at the site as another reader");
    for (const { reader, address } of readers.readers) {
      const option = element("option", "", reader === "me" ? "as me" : "as " + reader);
      option.value = address;
      option.selected = reader === readers.reader;
      select.append(option);
    }
    select.addEventListener("change", () => {
      location.href = select.value.replace(/\/$/, "") + location.pathname + location.hash;
    });
    return select;
  }

  function drawPanel() {
    const panel = element("section", "panel");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "What is wrong");
    const close = element("button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", () => { isOpen = false; draw(); });
    panel.append(element("header", "", element("strong", "", heading()), close));
    for (const fault of faults.own) panel.append(drawFault(fault));
    if (faults.elsewhere.length > 0) {
      panel.append(element("h2", "", "In other files"));
      for (const fault of faults.elsewhere) panel.append(drawFault(fault));
    }
    return panel;
  }

  function heading() {
    if (faults.own.some(isError)) return "This page cannot be published as it is";
    return faults.own.length > 0 ? "This page" : "Nothing is wrong with this page";
  }

  function drawFault(fault) {
    const place = fault.editor ? element("a", "place", fault.place) : element("span", "place", fault.place);
    if (fault.editor) place.href = fault.editor;
    const code = element("span", "code " + fault.severity, fault.severity + "[" + fault.code + "]");
    const title = element("p", "message", code, fault.message ? ": " + fault.message : "");
    const item = element("article", "", title, element("p", "at", place));
    if (fault.line !== null) item.append(drawLine(fault));
    if (fault.why) item.append(element("p", "note", element("b", "", "why "), fault.why));
    if (fault.fix) item.append(element("p", "note", element("b", "", "fix "), fault.fix));
    return item;
  }

  function drawLine({ line, mark, label }) {
    const [from, to] = mark;
    const marked = element("mark", "", line.slice(from, to) || " ");
    const row = element("pre", "", line.slice(0, from), marked, line.slice(to));
    if (label) row.append(element("span", "label", "  " + label));
    return row;
  }

  function count(number, word) {
    return number === 0 ? "" : number + " " + word + (number === 1 ? "" : "s");
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen) { isOpen = false; draw(); }
  });

  restorePlace();
  listen();
})();
