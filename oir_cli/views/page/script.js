"use strict";
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // Places of values among the options, each after the place of its list: "0.3 2.14". "2.14:2.1" is part of 2.1.
  const above = new Map(form.dataset.above.split(" ").map((each) => each.split(":")));
  const withAbove = (values) => {
    const all = new Set(values);
    for (const each of all) if (above.has(each)) all.add(above.get(each));
    return all;
  };
  const facts = [...document.querySelectorAll("article")].map((element) => ({
    element,
    text: plain(element.textContent),
    has: withAbove((element.dataset.f ?? "").split(" ")),
  }));
  const fields = [...form.elements].filter((each) => each.name);
  const lists = fields.filter((each) => each.name !== "q");
  const holders = [...document.querySelectorAll(".group, .part")];

  const apply = () => {
    const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = lists.flatMap((each, place) => each.value ? [`${place}.${each.selectedIndex}`] : []);
    let count = 0;
    for (const fact of facts) {
      const matches = words.every((word) => fact.text.includes(word))
        && chosen.every((each) => fact.has.has(each));
      fact.element.hidden = !matches;
      count += matches;
    }
    for (const holder of holders) holder.hidden = !holder.querySelector("article:not([hidden])");
    shown.value = `${count} of ${facts.length} facts`;
  };
  const remember = () => {
    const state = new URLSearchParams(fields.filter((each) => each.value).map((each) => [each.name, each.value]));
    history.replaceState(null, "", `#${state}`);
  };
  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const state = new URLSearchParams(hash);
      for (const each of fields) each.value = state.get(each.name) ?? "";
    }
    apply();
  };
  // A fact that is opened offers its citation, which is made of what the page says of it.
  const paths = new Map((form.dataset.sections ?? "").split("|").map((each) => [each.split(" > ").at(-1), each]));
  const citationOf = (article) => {
    const link = article.querySelector("a[id]");
    const text = link.parentElement.textContent.replace(/^#\s/, "");
    const doubts = article.textContent.match(/Denied or doubted: (.*)\./)?.[1];
    const standing = doubts ? [`Disputed by ${doubts}.`]
      : article.querySelector(".planned") ? ["Planned or announced, not reported done."] : [];
    const sources = [...article.querySelectorAll("p:last-of-type a[href^=http]")].map((each) => {
      const [section, paragraph] = each.textContent.split(/(?=, paragraph \d+$)/);
      return (paths.get(section) ?? section) + paragraph;
    });
    const place = form.dataset.cite.replace("SECTION, paragraph NUMBER", () => sources.join("; "));
    return [text, ...standing, place.replace("FACT-ID", () => link.id)].join(" ");
  };
  if (form.dataset.cite) document.addEventListener("toggle", ({ target }) => {
    const article = target.closest("article");
    if (!article || !target.open || article.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Cite" });
    const shown = Object.assign(document.createElement("output"), { hidden: true });
    button.addEventListener("click", () => {
      shown.hidden = false;
      shown.textContent = citationOf(article);
      getSelection().selectAllChildren(shown);
      navigator.clipboard?.writeText(shown.textContent).catch(() => {});
    });
    target.append(button, shown);
  }, true);
  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
