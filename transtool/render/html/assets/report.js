"use strict";
// Chooses the reader's language, draws the matrix and filters it, and shows an episode in a side panel. Texts of the
// site reach the page as text only; panels stand as inert text in `noscript`, escaped already, until they are needed.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const data = JSON.parse(find("#data").textContent);
  const texts = data.texts;
  const number = new Intl.NumberFormat(data.language);
  const short = new Intl.NumberFormat(data.language, { notation: "compact" });
  const percent = new Intl.NumberFormat(data.language, { style: "percent" });
  const day = new Intl.DateTimeFormat(data.language, { dateStyle: "medium", timeZone: "UTC" });
  const month = new Intl.DateTimeFormat(data.language, { year: "numeric", month: "long", timeZone: "UTC" });
  const collator = new Intl.Collator(data.language, { numeric: true, sensitivity: "base" });
  const table = find("#matrix-table");
  const form = find("#filters");
  const dialog = find("#panel");
  const tip = find("#tip");
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(data.language);
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  const address = (place) => `#${encodeURIComponent(place).replaceAll("%2F", "/")}`;
  const rtl = document.documentElement.dir === "rtl";
  function make(tag, kind = "", text = "") {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }

  const episodes = data.episodes.map(([series, key, panel, place, titles, statuses, words, facts, source], at) => ({
    at, series, key, panel, place, titles, statuses, words, facts, source,
    title: titles.split("\n", 1)[0],
    number: /^\d+$/.test(key) ? Number(key) : NaN,
    get text() {
      const folded = fold(`${key}\n${titles}`);
      Object.defineProperty(this, "text", { value: folded });
      return folded;
    },
  }));
  const panels = new Map(all("noscript[data-panel]").map((each) => [each.dataset.panel, each]));
  const byPanel = new Map(episodes.map((episode) => [episode.panel, episode]));
  const byPlace = new Map(episodes.map((episode) => [episode.place, episode]));
  const state = { sort: "key", down: false, page: 0, hash: "", shape: "", panel: "", language: "", change: 0 };
  let view = episodes;

  // Filters
  function wanted() {
    const fields = new FormData(form);
    const bound = (name, other) => (fields.get(name) ? Number(fields.get(name)) : other);
    return {
      text: fold(fields.get("text").trim()),
      column: data.languages.indexOf(fields.get("language")),
      series: fields.get("series") ? data.series.indexOf(fields.get("series")) : -1,
      statuses: fields.getAll("status").map((status) => String(data.statuses.indexOf(status))),
      from: bound("from", -Infinity),
      to: bound("to", Infinity),
      open: fields.has("open"),
    };
  }
  const isOpen = (digit) => digit !== "-" && !data.settled.includes(digit);
  function matches(episode, want) {
    const own = want.column < 0 ? episode.statuses : episode.statuses[want.column];
    return ((want.from === -Infinity && want.to === Infinity) || (episode.number >= want.from && episode.number <= want.to))
      && (want.series < 0 || episode.series === want.series)
      && own !== "-"
      && (!want.statuses.length || want.statuses.some((status) => own.includes(status)))
      && (!want.open || [...own].some(isOpen))
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
    const found = episodes.filter((episode) => matches(episode, want));
    view = state.sort === "key" && !state.down ? found : found.sort(order(want.column));
    find("#shown").textContent = fill(texts.shown, {
      shown: number.format(view.length), total: number.format(episodes.length),
    });
    state.page = 0;
    draw();
    remember();
  }

  // The matrix: episodes down and languages across, or turned round
  const chosen = () => data.languages.indexOf(form.elements.language.value);
  const columns = () => (chosen() < 0 ? data.languages.map((_, at) => at) : [chosen()]);
  const turned = () => form.elements.turn.checked;
  const SHADES = [0, 50, 200, 800];
  function cell(episode, column, narrow) {
    const place = make("td", "l");
    const digit = episode.statuses[column];
    if (digit === "-") return place;
    const words = episode.words[column];
    const [findings, grave, since] = episode.facts?.[column] ?? [0, 0, ""];
    const status = make("span", `s ${data.statuses[digit]}`, data.words[digit]);
    const link = make("a");
    link.href = address(`${data.languages[column]}/${episode.place}`);
    link.tabIndex = -1;
    link.append(status);
    if (words) link.append(" ", make("span", "w", (narrow ? short : number).format(words)));
    if (findings) link.append(" ", make("span", grave ? "plus" : "plus soft", `+${number.format(findings)}`));
    const told = [`${data.names[column]}: ${data.words[digit]}`];
    if (words) told.push(`${texts.left}: ${number.format(words)}`);
    if (findings) told.push(`${texts.findings}: ${number.format(findings)}`);
    if (since) told.push(fill(texts.since, { day: day.format(new Date(since)) }));
    link.ariaLabel = [`${data.names[column]}: ${link.textContent}`, ...told.slice(1)].join(", ");
    link.dataset.tip = episode.title;
    link.dataset.told = told.join(", ");
    if (isOpen(digit)) place.classList.add(`w${SHADES.filter((least) => words > least).length}`);
    place.append(link);
    return place;
  }
  function titled(episode) {
    const title = make("bdi", "", episode.title);
    title.lang = episode.source || data.source;
    title.dir = data.rtl.includes(title.lang) ? "rtl" : "ltr";
    const link = make("a");
    link.href = address(episode.panel);
    link.append(title);
    return link;
  }
  function row(episode) {
    const line = make("tr");
    line.append(make("td", "key", episode.key));
    if (data.series.length > 1) line.append(make("td", "series", data.series[episode.series] ?? ""));
    const head = make("th");
    head.scope = "row";
    head.append(titled(episode));
    line.append(head, make("td", "n", number.format(left(episode, chosen()))));
    for (const column of columns()) line.append(cell(episode, column, chosen() < 0 && data.compact));
    return line;
  }
  function languageRow(column, shown) {
    const line = make("tr");
    const head = make("th");
    const link = make("a", "", data.names[column]);
    head.scope = "row";
    link.href = address(data.languages[column]);
    head.append(link);
    const words = view.reduce((sum, episode) => sum + episode.words[column], 0);
    line.append(head, make("td", "n", number.format(words)));
    for (const episode of shown) line.append(cell(episode, column, true));
    return line;
  }
  function heading(text, sort, kind = "") {
    const head = make("th", kind, text);
    head.scope = "col";
    if (sort) head.dataset.sort = sort;
    return head;
  }
  function languageHeading(column) {
    const narrow = chosen() < 0 && data.compact;
    const head = heading(narrow ? data.languages[column] : data.names[column], data.languages[column], "l");
    if (narrow) head.ariaLabel = data.names[column];
    return head;
  }
  function heads() {
    const line = make("tr");
    line.append(heading(texts.key, "key"));
    if (data.series.length > 1) line.append(heading(texts.series, "series", "series"));
    line.append(heading(texts.episode, "title"), heading(texts.left, "words", "n"));
    for (const column of columns()) line.append(languageHeading(column));
    for (const head of line.cells) sortable(head).addEventListener("click", () => toggle(head));
    return line;
  }
  function turnedHeads(shown) {
    const line = make("tr");
    line.append(heading(texts.language), heading(texts.left, "", "n"));
    for (const episode of shown) {
      const head = heading("", "", "p");
      const link = make("a", "", episode.key);
      link.href = address(episode.panel);
      link.ariaLabel = `${episode.key}: ${episode.title}`;
      link.dataset.tip = episode.title;
      head.append(link);
      line.append(head);
    }
    return line;
  }
  function draw() {
    const size = turned() ? data.columns : data.page;
    const shown = view.slice(state.page * size, (state.page + 1) * size);
    const shape = `${turned()} ${chosen()}`;
    const body = table.tBodies[0] ?? table.createTBody();
    if (turned() || shape !== state.shape) {
      (table.tHead ?? table.createTHead()).replaceChildren(turned() ? turnedHeads(shown) : heads());
      mark(all("thead th[data-sort]", table), state.sort, state.down);
      state.shape = shape;
    }
    body.replaceChildren(...(turned() ? columns().map((column) => languageRow(column, shown)) : shown.map(row)));
    const place = table.parentElement;
    place.classList.toggle("turned", turned());
    place.classList.toggle("compact", turned() || (chosen() < 0 && data.compact));
    place.hidden = !view.length;
    find("#none").hidden = view.length > 0;
    const first = find("td.l a", body);
    if (first) first.tabIndex = 0;
    turnPages(Math.ceil(view.length / size));
  }
  function turnPages(pages) {
    find("#pager").hidden = pages < 2;
    find("#page").textContent = fill(texts.page, {
      page: number.format(state.page + 1), pages: number.format(pages),
    });
    for (const button of all("#pager button")) {
      const to = state.page + Number(button.dataset.step);
      button.disabled = to < 0 || to >= pages;
    }
  }
  // From cell to cell with the arrow keys; one of them is in the order of tabs.
  function walk(event) {
    const from = event.target.closest("td.l a");
    const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [];
    if (!from || down === undefined) return;
    const line = from.closest("tr");
    let [y, x] = [line.sectionRowIndex, from.parentElement.cellIndex];
    let to = null;
    do {
      y += down;
      x += rtl ? -right : right;
      to = line.parentElement.rows[y]?.cells[x];
    } while (to?.matches("td.l") && !to.firstChild);
    if (!to?.matches("td.l")) return;
    event.preventDefault();
    from.tabIndex = -1;
    to.firstChild.tabIndex = 0;
    to.firstChild.focus();
  }

  // The address says what is shown, so that a list can be sent to somebody.
  function remember() {
    const fields = new FormData(form);
    const query = new URLSearchParams();
    for (const name of ["text", "language", "series", "from", "to"]) if (fields.get(name)) query.set(name, fields.get(name));
    const statuses = fields.getAll("status");
    if (statuses.length) query.set("status", statuses.join(","));
    if (fields.has("open")) query.set("open", "1");
    if (turned() !== data.turned) query.set("turn", turned() ? "1" : "0");
    if (state.sort !== "key" || state.down) query.set("sort", (state.down ? "-" : "") + state.sort);
    state.hash = query.size ? `#?${query}` : "";
    if (!dialog.open && (state.hash || location.hash.startsWith("#?"))) history.replaceState(null, "", state.hash || "#");
  }
  function recall(text) {
    const query = new URLSearchParams(text);
    reset();
    for (const name of ["text", "language", "series", "from", "to"]) {
      if (form.elements[name] && query.has(name)) form.elements[name].value = query.get(name);
    }
    const statuses = (query.get("status") ?? "").split(",");
    for (const box of all("[name=status]", form)) box.checked = statuses.includes(box.value);
    form.elements.open.checked = query.has("open");
    if (query.has("turn")) form.elements.turn.checked = query.get("turn") === "1";
    const sort = query.get("sort") ?? "key";
    sortBy(sort.replace(/^-/, ""), sort.startsWith("-"));
    update();
  }
  function reset() {
    form.reset();
    form.elements.turn.checked = data.turned;
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
  function mark(cells, name, down) {
    for (const head of cells) {
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
  function sortLanguages(head, cells, languages) {
    const name = head.dataset.sort;
    const down = head.ariaSort ? head.ariaSort === "ascending" : falls(name);
    const value = (group) => group.dataset[name];
    const groups = [...languages.tBodies].sort((a, b) => collator.compare(value(a), value(b)) * (down ? -1 : 1));
    languages.append(...groups);
    mark(cells, name, down);
  }

  // Commands can be copied.
  function offerCopies(root) {
    for (const command of all(".command", root)) {
      if (command.nextElementSibling?.matches(".copy")) continue;
      const button = make("button", "copy", texts.copy);
      button.type = "button";
      button.ariaLabel = `${texts.copy}: ${command.textContent}`;
      command.after(button);
    }
  }
  async function copy(button) {
    const command = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(command.textContent);
    } catch {
      getSelection().selectAllChildren(command);
      document.execCommand("copy");
    }
    button.textContent = texts.copied;
    find("#said").textContent = texts.copied;
    setTimeout(() => { button.textContent = texts.copy; find("#said").textContent = ""; }, 2000);
  }

  // The panel: an episode in all languages, or in one
  function show(episode, language = "", change = 0) {
    const content = find("#panel-content");
    content.innerHTML = panels.get(episode.panel).textContent;
    Object.assign(state, { panel: episode.panel, language, change });
    if (language) narrow(content, language);
    for (const section of all(".translation:not([hidden])", content)) settle(section);
    offerCopies(content);
    const title = find("h3", content).textContent;
    dialog.ariaLabel = title;
    find("#panel-title").textContent = [episode.key, title, data.names[data.languages.indexOf(language)]]
      .filter((part, at, every) => part && every.indexOf(part) === at).join(" · ");
    if (!dialog.open) {
      dialog.showModal();
      content.focus({ preventScroll: true });
    }
    offerSteps();
    land(change ? all(".translation:not([hidden]) .change", content)[change - 1] : null);
  }
  function narrow(content, language) {
    for (const part of all("[data-language]", content)) part.hidden = part.dataset.language !== language;
    for (const group of all(".settled li, .missing-in", content)) group.hidden = !find("[data-language]:not([hidden])", group);
    for (const place of all("[data-command]", content)) {
      find(".command", place).textContent = place.dataset.command.replace(" --language LANGUAGE", ` --language ${language}`);
    }
  }
  function settle(section) {
    const commands = ["stamp", "dismiss"].map((name) => [name, find(`.${name} .command`, section)?.textContent]);
    for (const [at, change] of all(".change", section).entries()) {
      const line = make("p", "settle");
      for (const [name, command] of commands) {
        if (!command) continue;
        const label = name === "stamp" ? texts.reviewed : texts.dismiss;
        const item = make("span");
        item.append(`${label}: `, make("code", "command", numbered(command, name, at + 1)));
        item.lastElementChild.dir = "ltr";
        line.append(item);
      }
      if (line.firstChild) change.append(line);
    }
    const whole = find(".dismiss", section);
    if (whole) whole.hidden = true;
  }
  function numbered(command, name, at) {
    const option = `--segment ${at}`;
    return command.includes(" -- ") ? command.replace(` ${name} `, ` ${name} ${option} `) : `${command} ${option}`;
  }
  function land(target) {
    // The browser, too, scrolls to what the address names, as soon as it is there: nothing may land behind the bar.
    const bar = find(".panel-bar", dialog).getBoundingClientRect();
    dialog.style.scrollPaddingTop = `${bar.height + 12}px`;
    dialog.scrollTop = 0;
    if (!target) return;
    dialog.scrollTop = target.getBoundingClientRect().top - bar.bottom - 12;
    target.classList.toggle("at", target.matches(".change"));
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }
  function neighbour(step) {
    const column = data.languages.indexOf(state.language);
    let at = view.findIndex((episode) => episode.panel === state.panel);
    if (at < 0) return undefined;
    do at += step; while (view[at] && column >= 0 && !isOpen(view[at].statuses[column]));
    return view[at];
  }
  function offerSteps() {
    const changes = all(".translation:not([hidden]) .change", dialog).length;
    for (const button of all("[data-go]", dialog)) button.disabled = !neighbour(Number(button.dataset.go));
    for (const button of all("[data-change]", dialog)) {
      const step = Number(button.dataset.change);
      button.hidden = !state.language;
      button.disabled = !(state.change + step >= 1 && state.change + step <= changes) && !neighbour(step);
    }
    find("[data-whole]", dialog).hidden = !state.language;
  }
  function move(place) {
    history.replaceState(null, "", address(place));
    route();
  }
  function go(step) {
    const next = neighbour(step);
    if (!next) return;
    move(state.language ? `${state.language}/${next.place}` : next.panel);
    find("#panel-content").focus({ preventScroll: true });
  }
  function toChange(step) {
    if (!state.language) return;
    const to = state.change + step;
    const changes = all(".translation:not([hidden]) .change", dialog).length;
    if (to >= 1 && to <= changes) move(`${state.language}/${byPanel.get(state.panel).place}/${to}`);
    else go(step);
  }

  // The reader's language: from the address, remembered, from the browser
  const KEPT = "transtool-language";
  function choose(language, keep) {
    for (const mine of all(".mine")) {
      mine.classList.toggle("chosen", mine.id === language);
      if (mine.id === language) offerCopies(mine);
    }
    for (const list of all("#todo details")) list.classList.toggle("chosen", list.dataset.language === language);
    for (const link of all(".choose a")) link.ariaCurrent = link.dataset.language === language ? "true" : null;
    if (!keep) return;
    try { localStorage.setItem(KEPT, language); } catch { /* a file may have no storage */ }
  }
  function kept() {
    try { return localStorage.getItem(KEPT); } catch { return null; }
  }
  function own() {
    const main = (tag) => tag.toLowerCase().split("-")[0];
    const wishes = navigator.languages ?? [];
    const named = wishes.find((tag) => data.languages.includes(tag));
    return named ?? wishes.flatMap((wish) => data.languages.filter((tag) => main(tag) === main(wish)))[0];
  }
  function welcome() {
    const remembered = kept();
    const mine = data.languages.includes(remembered) ? remembered : own();
    choose(mine ?? data.languages[0], false);
    const list = mine && document.getElementById(`todo/${mine}`);
    if (list) list.open = true;
  }

  // Addresses
  function asked() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return location.hash.slice(1); }
  }
  // What changed the address is heard of late: who has gone on to a field, and types, stays there.
  function reveal(identifier) {
    if (document.activeElement.matches("input, select")) return;
    const target = document.getElementById(identifier);
    target?.scrollIntoView();
    target?.focus({ preventScroll: true });
  }
  function inLanguage(hash) {
    const language = data.languages.find((tag) => hash === tag || hash.startsWith(`${tag}/`));
    if (!language) return false;
    const rest = hash.slice(language.length + 1);
    const [, place, change] = /^(.*)\/(\d+)$/s.exec(rest) ?? [];
    const unnamed = (key) => episodes.find((episode) => episode.key === key);
    const whole = byPlace.get(rest);
    const episode = whole ?? byPlace.get(place) ?? unnamed(rest) ?? (place && unnamed(place));
    if (rest && !episode) return false;
    choose(language, true);
    if (episode) show(episode, language, whole || episode.key === rest ? 0 : Number(change));
    else { dialog.close(); reveal(language); }
    return true;
  }
  function route() {
    const hash = asked();
    tip.hidden = true;
    if (hash.startsWith("episode/")) {
      const language = data.languages.find((tag) => hash.endsWith(`/${tag}`) && byPanel.has(hash.slice(0, -tag.length - 1)));
      const episode = byPanel.get(hash) ?? (language && byPanel.get(hash.slice(0, -language.length - 1)));
      if (!episode) return;
      show(episode);
      if (!byPanel.has(hash)) land(find(`[data-language="${language}"]`, dialog));
      return;
    }
    if (inLanguage(hash)) return;
    if (dialog.open) dialog.close();
    if (hash.startsWith("?")) {
      if (table && location.hash !== state.hash) recall(location.hash.slice(2));
      reveal("matrix");
    } else if (hash.startsWith("todo/")) {
      const list = document.getElementById(hash);
      if (list) { list.open = true; list.scrollIntoView(); find("summary", list).focus({ preventScroll: true }); }
    } else if (hash) reveal(hash);
  }

  // What the pointer or the focus is on, in a few words
  function tell(target) {
    const lines = target ? [target.dataset.tip, target.dataset.told].filter(Boolean) : [];
    say(lines, target?.getBoundingClientRect());
  }
  function say(lines, box) {
    tip.hidden = !lines.length;
    tip.replaceChildren(...lines.map((line) => make("span", "", line)));
    if (!lines.length) return;
    const { width, height } = tip.getBoundingClientRect();
    const x = Math.max(4, Math.min(box.left, innerWidth - width - 8));
    const y = box.bottom + height + 8 > innerHeight ? box.top - height - 6 : box.bottom + 6;
    Object.assign(tip.style, { left: `${x}px`, top: `${y}px` });
  }
  function readOff(event) {
    const chart = event.target.closest?.("svg[data-points]");
    for (const other of all("svg.read")) if (other !== chart) { other.classList.remove("read"); say([]); }
    if (!chart) return;
    const points = JSON.parse(chart.dataset.points);
    const [start, end] = chart.dataset.span.split(" ").map(Number);
    const box = chart.getBoundingClientRect();
    const scale = box.width / chart.viewBox.baseVal.width;
    const at = (event.clientX - box.left) / scale;
    const places = points.map((point) => start + point[0] * (end - start));
    const near = places.reduce((best, place, index) => (Math.abs(place - at) < Math.abs(places[best] - at) ? index : best), 0);
    const [, when, coverage, freshness] = points[near];
    for (const part of ["x1", "x2"]) find(".cursor", chart).setAttribute(part, places[near]);
    chart.classList.add("read");
    const x = box.left + places[near] * scale;
    say([month.format(new Date(when)), `${texts.coverage} ${percent.format(coverage)}`, `${texts.freshness} ${percent.format(freshness)}`],
      { left: x + 8, top: box.top, bottom: box.top + 20 });
  }

  document.documentElement.classList.add("js");
  const languages = find("#languages-table");
  const languageHeads = all("thead th[data-sort]", languages);
  for (const head of languageHeads) sortable(head).addEventListener("click", () => sortLanguages(head, languageHeads, languages));
  dialog.addEventListener("close", () => {
    const hash = asked();
    const within = hash.startsWith("episode/") || data.languages.some((tag) => hash.startsWith(`${tag}/`));
    if (within) history.replaceState(null, "", state.hash || "#");
  });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target === dialog || button?.hasAttribute("data-close")) dialog.close();
    else if (button?.dataset.go) go(Number(button.dataset.go));
    else if (button?.dataset.change) toChange(Number(button.dataset.change));
    else if (button?.hasAttribute("data-whole")) move(state.panel);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "p") toChange(event.key === "n" ? 1 : -1);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) copy(button);
  });
  document.addEventListener("toggle", (event) => { if (event.target.open) offerCopies(event.target); }, true);
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => { if (event.target.closest("[data-tip]")) tell(event.target.closest("[data-tip]")); });
    document.addEventListener(end, (event) => { if (event.target.closest("[data-tip]")) say([]); });
  }
  document.addEventListener("pointermove", readOff);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") say([]); });
  if (table) {
    form.hidden = false;
    reset();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", update);
    form.addEventListener("reset", () => setTimeout(() => { form.elements.turn.checked = data.turned; update(); }));
    find("#pager").addEventListener("click", (event) => {
      state.page += Number(event.target.closest("button")?.dataset.step ?? 0);
      draw();
      find("#matrix").scrollIntoView();
    });
    table.addEventListener("keydown", walk);
    sortBy("key", false);
    draw();
  }
  welcome();
  window.addEventListener("hashchange", route);
  route();
})();
