// Datasette's table.js reads this name; its own template would set it in the page.
window.DATASETTE_ALLOW_FACET = document.currentScript.dataset.allowFacet === "true";
