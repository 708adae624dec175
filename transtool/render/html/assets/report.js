"use strict";
// Filters, sorts and pages the matrix, and shows an episode in a side panel. Everything it shows is in the page
// already and escaped there: rows and panels of a long report stand as inert text in `noscript` until they are needed.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(find("#data").textContent);
  const number = new Intl.NumberFormat(data.language);
  const collator = new Intl.Collator(data.language, { numeric: true, sensitivity: "base" });
  const table = find("#matrix-table");
  const body = table?.tBodies[0];
  const form = find("#filters");
  const dialog = find("#panel");
  const panels = new Map(all("noscript[data-panel]").map((each) => [each.dataset.panel, each]));
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(data.language);
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

  const episodes = data.episodes.map(([series, key, panel, titles, statuses, words], at) => ({
    at, series, key, panel, statuses, words,
    title: titles.split("\n", 1)[0],
    text: fold(`${key}\n${titles}`),
    number: /^\d+$/.test(key) ? Number(key) : NaN,
  }));
  const state = { sort: "key", down: false, page: 0, hash: "" };
  let view = episodes;

  // Rows: those of the first table are there, the others are lines of text.
  const rows = body ? [...body.rows] : [];
  const later = (find("#rest")?.textContent ?? "").split("\n").filter((line) => line.startsWith("<tr><td"));
  const first = rows.length;
  function row(episode) {
    if (!rows[episode.at]) {
      const template = document.createElement("template");
      template.innerHTML = later[episode.at - first];
      rows[episode.at] = template.content.firstElementChild;
    }
    return rows[episode.at];
  }

  // Filters
  function wanted() {
    const fields = new FormData(form);
    const bound = (name, other) => (fields.get(name) === "" ? other : Number(fields.get(name)));
    return {
      text: fold(fields.get("text").trim()),
      language: fields.get("language"),
      series: fields.get("series") ?? "",
      statuses: new Set(fields.getAll("status").map((status) => String(data.statuses.indexOf(status)))),
      from: bound("from", -Infinity),
      to: bound("to", Infinity),
    };
  }
  function matches(episode, want, column) {
    const { statuses, key } = episode;
    const inRange = want.from === -Infinity && want.to === Infinity
      ? true : episode.number >= want.from && episode.number <= want.to;
    const own = column < 0 ? statuses : statuses[column];
    return inRange
      && (!want.series || data.series[episode.series] === want.series)
      && (column < 0 || own !== "-")
      && (!want.statuses.size || [...own].some((status) => want.statuses.has(status)))
      && (!want.text || episode.text.includes(want.text));
  }
  const left = (episode, column) =>
    column < 0 ? episode.words.reduce((sum, words) => sum + words, 0) : episode.words[column];

  // Order
  const rank = (episode, column) => (episode.statuses[column] === "-" ? 99 : Number(episode.statuses[column]));
  function order(column) {
    const by = {
      key: (a, b) => a.at - b.at,
      series: (a, b) => a.series - b.series || a.at - b.at,
      title: (a, b) => collator.compare(a.title, b.title) || a.at - b.at,
      words: (a, b) => left(a, column) - left(b, column) || b.at - a.at,
    }[state.sort];
    const language = data.languages.indexOf(state.sort);
    const compare = by ?? ((a, b) => rank(a, language) - rank(b, language) || b.words[language] - a.words[language] || a.at - b.at);
    return state.down ? (a, b) => compare(b, a) : compare;
  }

  function update() {
    const want = wanted();
    const column = data.languages.indexOf(want.language);
    view = episodes.filter((episode) => matches(episode, want, column)).sort(order(column));
    if (column < 0) delete table.dataset.only; else table.dataset.only = want.language;
    table.parentElement.classList.toggle("compact", column < 0 && data.compact);
    find("#shown").textContent = fill(data.texts.shown, {
      shown: number.format(view.length), total: number.format(episodes.length),
    });
    state.page = 0;
    draw();
    remember();
  }
  function draw(size = episodes.length > data.whole ? data.page : Infinity) {
    const column = data.languages.indexOf(form.elements.language.value);
    const start = size === Infinity ? 0 : state.page * size;
    const shown = view.slice(start, start + size).map((episode) => {
      const element = row(episode);
      for (const [place, cell] of all("td.l", element).entries()) cell.hidden = column >= 0 && place !== column;
      find("td.n", element).textContent = number.format(left(episode, column));
      return element;
    });
    for (const [place, cell] of all("thead .l", table).entries()) cell.hidden = column >= 0 && place !== column;
    body.replaceChildren(...shown);
    const pages = size === Infinity ? 1 : Math.ceil(view.length / size);
    find("#pager").hidden = pages < 2;
    find("#page").textContent = fill(data.texts.page, {
      page: number.format(state.page + 1), pages: number.format(pages),
    });
    for (const button of all("#pager button")) {
      const to = state.page + Number(button.dataset.step);
      button.disabled = to < 0 || to >= pages;
    }
  }

  // The address says what is shown, so that a list can be sent to somebody.
  function remember() {
    const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && name !== "status"));
    const statuses = new FormData(form).getAll("status");
    if (statuses.length) query.set("status", statuses.join(","));
    if (state.sort !== "key" || state.down) query.set("sort", (state.down ? "-" : "") + state.sort);
    state.hash = query.size ? `#?${query}` : "";
    if (!dialog.open && (state.hash || location.hash.startsWith("#?"))) history.replaceState(null, "", state.hash || "#");
  }
  function recall(text) {
    const query = new URLSearchParams(text);
    form.reset();
    for (const name of ["text", "language", "series", "from", "to"]) {
      if (form.elements[name] && query.has(name)) form.elements[name].value = query.get(name);
    }
    const statuses = (query.get("status") ?? "").split(",");
    for (const box of all("[name=status]", form)) box.checked = statuses.includes(box.value);
    const sort = query.get("sort") ?? "key";
    sortBy(sort.replace(/^-/, ""), sort.startsWith("-"));
    update();
  }

  // Sorting
  function sortable(head) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    return button;
  }
  const falls = (name) => name === "words" || name === "coverage" || name === "freshness";
  function mark(heads, name, down) {
    for (const head of heads) {
      if (head.dataset.sort === name) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }
  function sortBy(name, down) {
    Object.assign(state, { sort: name, down });
    mark(all("thead th[data-sort]", table), name, down);
  }
  function toggle(head) {
    const down = head.ariaSort ? head.ariaSort === "ascending" : falls(head.dataset.sort);
    sortBy(head.dataset.sort, down);
    update();
  }
  function sortLanguages(head, heads, languages) {
    const name = head.dataset.sort;
    const down = head.ariaSort ? head.ariaSort === "ascending" : falls(name);
    const value = (group) => group.dataset[name];
    const groups = [...languages.tBodies].sort((a, b) => collator.compare(value(a), value(b)) * (down ? -1 : 1));
    languages.append(...groups);
    mark(heads, name, down);
  }

  // The panel
  const asked = () => decodeURIComponent(location.hash.slice(1));
  function show(hash) {
    const panel = panels.has(hash) ? hash : hash.slice(0, hash.lastIndexOf("/"));
    if (!panels.has(panel)) return;
    find("#panel-content").innerHTML = panels.get(panel).textContent;
    dialog.dataset.panel = panel;
    dialog.ariaLabel = find("#panel-content h3").textContent;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    neighbours(panel);
    const part = panel === hash ? null : document.getElementById(hash);
    const section = part && (document.getElementById(`${hash}/changes`) ?? part);
    section?.scrollIntoView();
  }
  function neighbours(panel) {
    const at = view.findIndex((episode) => episode.panel === panel);
    for (const button of all("[data-go]", dialog)) {
      button.disabled = at < 0 || !view[at + Number(button.dataset.go)];
    }
  }
  function go(step) {
    const at = view.findIndex((episode) => episode.panel === dialog.dataset.panel);
    const next = view[at + step];
    if (!next) return;
    history.replaceState(null, "", `#${encodeURIComponent(next.panel)}`);
    show(next.panel);
    find("#panel-content").focus();
  }
  function route() {
    const hash = asked();
    if (hash.startsWith("?")) recall(hash.slice(1));
    else if (hash.startsWith("episode/")) return show(hash);
    else if (hash.startsWith("todo/")) {
      const list = document.getElementById(hash);
      if (list) { list.open = true; list.scrollIntoView(); find("summary", list).focus({ preventScroll: true }); }
    }
    if (dialog.open) dialog.close();
    return undefined;
  }

  // What a reader who understands one of the languages has to do, they see at once.
  function openOwnList() {
    const lists = all("#todo details[data-language]");
    const main = (tag) => tag.toLowerCase().split("-")[0];
    const own = (navigator.languages ?? []).flatMap((tag) => lists.filter((list) => main(list.dataset.language) === main(tag)))[0];
    if (own) own.open = true;
  }

  document.documentElement.classList.add("js");
  openOwnList();
  const languages = find("#languages-table");
  const heads = all("thead th[data-sort]", languages);
  for (const head of heads) sortable(head).addEventListener("click", () => sortLanguages(head, heads, languages));
  dialog.addEventListener("close", () => history.replaceState(null, "", state.hash || "#"));
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target === dialog || button?.hasAttribute("data-close")) dialog.close();
    else if (button?.dataset.go) go(Number(button.dataset.go));
  });
  if (table) {
    form.hidden = false;
    for (const head of all("thead th[data-sort]", table)) sortable(head).addEventListener("click", () => toggle(head));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", update);
    form.addEventListener("reset", () => setTimeout(update));
    find("#pager").addEventListener("click", (event) => {
      state.page += Number(event.target.closest("button")?.dataset.step ?? 0);
      draw();
      find("#matrix").scrollIntoView();
    });
    body.addEventListener("click", (event) => {
      const cell = event.target.closest("td.l");
      if (!cell || !cell.firstChild || event.target.closest("a")) return;
      const place = all("td.l", cell.parentElement).indexOf(cell);
      location.hash = `${find("a", cell.parentElement).hash}/${encodeURIComponent(data.languages[place])}`;
    });
    sortBy("key", false);
    window.addEventListener("beforeprint", () => { if (view.length <= data.whole) draw(Infinity); });
    window.addEventListener("afterprint", () => draw());
    if (first < episodes.length) draw();
  }
  window.addEventListener("hashchange", route);
  route();
})();
