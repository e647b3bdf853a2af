// Plain JavaScript, because help comes before anything is installed.
const pageColumns = 112;

/**
 * @param {string} name of the command
 * @param {import("./commands.mjs").Command} command
 * @returns {string} how to type the command and what it does
 */
export function renderHelp(name, { summary, details, options = {}, operands = [] }) {
  const typed = operands.map((operand) => renderOperand(operand)).join(" ");
  const words = [typed, Object.keys(options).length > 0 && "[options]"].filter(Boolean).join(" ");
  const call = /^(start|stop|test)$/.test(name) ? `npm ${name}` : `npm run ${name}`;
  const rows = [
    ...operands.map((operand) => [operand.name, operand.text]),
    ...Object.entries(options).map(([option, { value, text }]) => [
      `--${option}${value === undefined ? "" : ` ${value}`}`,
      text,
    ]),
    ["--help", "print this help"],
  ];
  return [
    `Usage: ${call}${words === "" ? "" : ` -- ${words}`}`,
    wrap([summary, details].filter(Boolean).join(" "), 0),
    renderRows(rows),
  ].join("\n\n");
}

/** @param {Record<string, import("./commands.mjs").Command>} commands */
export function renderCommandList(commands) {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary]);
  return `Usage: npm run COMMAND -- [arguments], or npx fundus COMMAND [arguments]\n\n${renderRows(rows)}\n\nnpm run COMMAND -- --help says more.`;
}

function renderOperand({ name, optional, many }) {
  const text = many ? `${name}...` : name;
  return optional ? `[${text}]` : text;
}

function renderRows(rows) {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${wrap(right, width + 2)}`).join("\n");
}

function wrap(text, indent) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== "" && indent + line.length + 1 + word.length > pageColumns) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
