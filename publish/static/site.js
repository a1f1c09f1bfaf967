// What script adds to pages that are complete without it: suggestions while typing, words that
// light up beside a fact, cards for names, the switch between light and dark.

const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

const fetchJson = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  return (await answer.json()).data;
};

// --- suggestions: a combobox as the ARIA practices describe it -----------------------------------

const suggest = (form, number) => {
  const input = form.querySelector("input[type=search]");
  const id = `suggestions-${number}`;
  const list = make("ul", { class: "suggestions", role: "listbox", id, "aria-label": "Names" });
  let chosen = -1;
  let asked = "";
  let timer = 0;
  const close = () => {
    list.remove();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const options = [...list.children];
    chosen = (index + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = (names) => {
    list.replaceChildren(...names.map((entry, i) => {
      const option = make("li", { role: "option", id: `${id}-${i}`, "aria-selected": "false", "data-id": entry.id });
      option.append(make("span", {}, entry.name), make("small", {}, `${entry.kind} · ${entry.release_count}`));
      return option;
    }));
    chosen = -1;
    if (!names.length) return close();
    form.append(list);
    input.setAttribute("aria-expanded", "true");
  };
  const ask = async () => {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) return close();
    const data = await fetchJson(`/-/suggest.json?q=${encodeURIComponent(typed)}`);
    // An answer to what has been typed over since is late.
    if (data && typed === input.value.trim()) show(data.names);
  };
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })
    .forEach(([name, value]) => input.setAttribute(name, value));
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 80); });
  input.addEventListener("keydown", (event) => {
    if (!list.isConnected) return;
    if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
    if (event.key === "Escape") close();
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(`/entity/${list.children[chosen].dataset.id}`);
    }
  });
  // mousedown comes before the input loses the focus and the list closes.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(`/entity/${option.dataset.id}`);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
};

// --- facts and the words they came from ----------------------------------------------------------

const light = (keys, scroll) => {
  const wanted = new Set(keys.split(" "));
  let first = null;
  for (const words of document.querySelectorAll(".hl")) {
    const lit = words.dataset.keys.split(" ").some((key) => wanted.has(key));
    words.classList.toggle("lit", lit);
    if (lit) first ??= words;
  }
  if (scroll) first?.scrollIntoView({ block: "center" });
  return first;
};

const facts = () => {
  for (const fact of document.querySelectorAll("a.fact[data-lights]")) {
    fact.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (light(fact.dataset.lights, true)) {
        event.preventDefault();
        history.replaceState(null, "", fact.getAttribute("href"));
      }
    });
  }
  for (const name of document.querySelectorAll("[data-lights]:not(.fact)")) {
    name.addEventListener("mouseenter", () => light(name.dataset.lights, false));
    name.addEventListener("mouseleave", () => light("", false));
    name.addEventListener("focus", () => light(name.dataset.lights, false));
    name.addEventListener("blur", () => light("", false));
  }
};

// --- cards: who this is, when a name is pointed at ------------------------------------------------

const cards = () => {
  const known = new Map();
  let card = null;
  let timer = 0;
  const hide = () => { clearTimeout(timer); card?.remove(); card = null; };
  const draw = (link, data) => {
    hide();
    card = make("div", { class: "card-pop", role: "tooltip", id: "card" });
    card.append(make("b", {}, data.name), make("span", { class: `chip k-${data.kind}` }, data.kind));
    const title = data.title && [data.title.title, data.title.organisation].filter(Boolean).join(", ");
    if (title) card.append(make("p", {}, title));
    const seen = data.last_seen ? `, last on ${data.last_seen}` : "";
    card.append(make("p", { class: "muted" }, `${data.words}${seen}`));
    document.body.append(card);
    const box = link.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 8);
    card.style.left = `${Math.max(8, left) + scrollX}px`;
    card.style.top = `${box.bottom + scrollY + 6}px`;
  };
  const point = (link) => {
    hide();
    const id = link.dataset.card ?? link.getAttribute("href").split("/")[2];
    timer = setTimeout(async () => {
      if (!known.has(id)) known.set(id, await fetchJson(`/entity/${id}/card.json`));
      if (known.get(id) && link.matches(":hover, :focus")) draw(link, known.get(id));
    }, 250);
  };
  for (const link of document.querySelectorAll("a[data-card], a.hl[href^='/entity/']")) {
    link.addEventListener("mouseenter", () => point(link));
    link.addEventListener("focus", () => point(link));
    link.addEventListener("mouseleave", hide);
    link.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
};

// --- light and dark, menus -----------------------------------------------------------------------

const theme = () => {
  const button = document.querySelector("[data-theme-switch]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("dateline-theme", root.dataset.theme); } catch { /* not kept */ }
  });
};

// Datasette's filter row has no labels of its own.
const labels = () => {
  const words = { _filter_column: "Column", _filter_op: "Comparison", _filter_value: "Value" };
  for (const field of document.querySelectorAll("[name^=_filter_]")) {
    const name = field.name.replace(/_\d+$/, "");
    if (words[name]) field.setAttribute("aria-label", words[name]);
  }
};

const menus = () => {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.actions-menu-links[open], details.nav-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
};

document.querySelectorAll("form.seek").forEach(suggest);
facts();
cards();
theme();
labels();
menus();
