// Draw the charts of a dashboard: each is a Vega-Lite description in a data block.
const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();

const config = {
  background: null,
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: { labelColor: colour("--muted"), titleColor: colour("--muted"), gridColor: colour("--rule"), domainColor: colour("--muted"), tickColor: colour("--rule") },
  axisQuantitative: { tickMinStep: 1 },
  legend: { labelColor: colour("--ink"), titleColor: colour("--muted") },
  mark: { color: colour("--accent"), opacity: 0.8 },
};

for (const place of document.querySelectorAll("[data-chart]")) {
  const chart = JSON.parse(place.querySelector("script").textContent);
  const spec = {
    description: chart.title,
    width: "container",
    height: chart.height ?? 240,
    config,
    ...chart.display,
  };
  // `ast` makes Vega interpret its expressions: the policy forbids evaluating strings.
  vegaEmbed(place, spec, { ast: true, actions: false, renderer: "svg" }).catch(() => {
    place.textContent = "This chart could not be drawn; its table has the same figures.";
  });
}
