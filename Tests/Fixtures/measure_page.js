// What of a page is cut, spilled or written over at the width that it has: one line of text for each fault.
// Everything is unfolded first: what is hidden has no size.
function faults(page) {
  const found = [];
  for (const fold of page.querySelectorAll("details")) fold.open = true;
  const root = page.documentElement;
  const width = root.clientWidth;
  if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} wide at ${width}`);
  const name = (element) => `${element.localName}.${element.getAttribute("class") || ""} "${element.textContent.trim().slice(0, 40)}"`;
  const scrolls = (element) => ["auto", "scroll"].includes(page.defaultView.getComputedStyle(element).overflowX);
  for (const element of page.querySelectorAll("main *")) {
    if (element.ownerSVGElement) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    let around = element.parentElement;
    while (around && !scrolls(around) && around !== root) around = around.parentElement;
    if (around === root && box.right > width + 0.5) found.push(`${name(element)} ends at ${box.right} of ${width}`);
    // At these widths nothing needs to be pushed aside to be read.
    if (scrolls(element) && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} must be scrolled`);
    const isBlock = page.defaultView.getComputedStyle(element).display !== "inline";
    if (isBlock && element.localName !== "svg" && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} spills over`);
  }
  for (const table of page.querySelectorAll("table")) {
    const cells = [...table.querySelectorAll("th, td")].filter((cell) => cell.getBoundingClientRect().width > 0);
    overlaps(cells.map((cell) => [cell, cell.getBoundingClientRect()]), name, found);
  }
  for (const chart of page.querySelectorAll("figure > svg")) {
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll("text")].map((text) => [text, text.getBoundingClientRect()]);
    for (const [text, box] of texts) {
      if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5 || box.bottom > frame.bottom + 0.5) {
        found.push(`${name(text)} is cut at the edge of ${chart.querySelector("title").textContent}`);
      }
      if (parseFloat(page.defaultView.getComputedStyle(text).fontSize) * frame.width / 440 < 8.5) found.push(`${name(text)} is too small to read`);
    }
    overlaps(texts, (text) => `${name(text)} of ${chart.querySelector("title").textContent}`, found);
  }
  return found;
}

function overlaps(boxes, name, found) {
  boxes.forEach(([first, a], index) => {
    for (const [second, b] of boxes.slice(index + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // Letters do not fill the height of their line.
      if (across > 1 && down > 4) found.push(`${name(first)} lies over ${name(second)}`);
    }
  });
}

const widths = [400, 800, 1400];
addEventListener("load", () => {
  const lines = widths.flatMap((width) => faults(document.getElementById(`at-${width}`).contentDocument).map((fault) => `${width}: ${fault}`));
  document.getElementById("result").textContent = JSON.stringify(lines);
});
