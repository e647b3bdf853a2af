import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findPhotographs } from "../../../shared/labelled-photographs/find-photographs.ts";
import { parseTable } from "../../../shared/labelled-photographs/parse-table.ts";

const labels = ["glaucoma", "normal"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "find-photographs-"));
  for (const file of [
    "clinic/glaucoma/b.JPG",
    "clinic/glaucoma/a.png",
    "normal/c.jpeg",
    "normal/notes.txt",
  ]) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), "");
  }
});
afterAll(() => rm(folder, { recursive: true }));

const writeTable = async (name: string, text: string) => {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
};

describe("a folder", () => {
  it("says class and source", async () => {
    expect(await findPhotographs(folder, undefined, labels)).toEqual([
      {
        file: "clinic/glaucoma/a.png",
        label: "glaucoma",
        source: "clinic",
        patient: "clinic/glaucoma/a.png",
      },
      {
        file: "clinic/glaucoma/b.JPG",
        label: "glaucoma",
        source: "clinic",
        patient: "clinic/glaucoma/b.JPG",
      },
      { file: "normal/c.jpeg", label: "normal", source: "all", patient: "normal/c.jpeg" },
    ]);
  });

  it("may be made of links, also of one to the folder that it lies in", async () => {
    const set = path.join(folder, "..", `${path.basename(folder)}-links`);
    onTestFinished(() => rm(set, { recursive: true }));
    await mkdir(path.join(set, "normal"), { recursive: true });
    await symlink(path.join(folder, "clinic/glaucoma"), path.join(set, "glaucoma"));
    await symlink(path.join(folder, "normal/c.jpeg"), path.join(set, "normal/d.jpeg"));
    await symlink("..", path.join(set, "normal/all"));
    await symlink("nowhere", path.join(set, "normal/notes.txt"));
    const found = await findPhotographs(set, undefined, labels);
    expect(found.map(({ file }) => file)).toEqual(["glaucoma/a.png", "glaucoma/b.JPG", "normal/d.jpeg"]);
    await symlink("nowhere", path.join(set, "normal/e.png"));
    await expect(findPhotographs(set, undefined, labels)).rejects.toThrow(
      /normal\/e.png is a link to what is not there/,
    );
  });

  it.each([
    [
      "a class that the model does not know",
      ["normal"],
      undefined,
      /for clinic\/glaucoma\/a.png but received glaucoma/,
    ],
    ["no table", labels, "missing.csv", /Expected a table of labels but .*missing.csv cannot be read/],
  ])("is refused with %s", async (_, known, table, message) => {
    await expect(findPhotographs(folder, table, known)).rejects.toThrow(message);
  });

  it("is refused when it is not there or holds none", async () => {
    await expect(findPhotographs(path.join(folder, "missing"), undefined, labels)).rejects.toThrow(
      /Expected a folder with photographs but .*missing cannot be read/,
    );
    const empty = await mkdtemp(path.join(folder, "empty-"));
    await expect(findPhotographs(empty, undefined, labels)).rejects.toThrow(/but found none/);
    await rm(empty, { recursive: true });
  });
});

it("every format that POST /predict reads is found", async () => {
  const set = await mkdtemp(path.join(tmpdir(), "formats-"));
  onTestFinished(() => rm(set, { recursive: true }));
  const names = ["a.jpg", "b.png", "c.webp", "d.tif", "e.bmp", "f.gif", "g.avif", "h.jp2", "i.j2k", "j.dcm"];
  await mkdir(path.join(set, "normal"));
  for (const name of names) await writeFile(path.join(set, "normal", name), "");
  const found = await findPhotographs(set, undefined, labels);
  expect(found.map(({ file }) => path.basename(file))).toEqual(names);
});

describe("a table", () => {
  it("says class, source and patient, under either name of a column", async () => {
    const table = await writeTable("a.tsv", "source\tfile\tclass\tgroup\nx\tp/q.jpg\tnormal\tp1\n");
    expect(await findPhotographs(folder, table, labels)).toEqual([
      { file: "p/q.jpg", label: "normal", source: "x", patient: "p1" },
    ]);
  });

  it("leaves to the path what it does not say", async () => {
    const table = await writeTable("b.csv", "file\nclinic/glaucoma/a.png\n");
    expect(await findPhotographs(folder, table, labels)).toEqual([
      {
        file: "clinic/glaucoma/a.png",
        label: "glaucoma",
        source: "clinic",
        patient: "clinic/glaucoma/a.png",
      },
    ]);
  });

  it("is refused without a column of files", async () => {
    const table = await writeTable("c.csv", "name,class\na.png,normal\n");
    await expect(findPhotographs(folder, table, labels)).rejects.toThrow(
      /Expected a column named file in .*c.csv but received name, class/,
    );
  });
});

describe("the text of a table", () => {
  it("may hold quotes, separators and line breaks within quotes, CRLF and a byte order mark", () => {
    expect(parseTable('\uFEFFFile,Class\r\n"a, b.jpg",normal\r\n"say ""x""\n.jpg",\r\n\r\n')).toEqual([
      { file: "a, b.jpg", class: "normal" },
      { file: 'say "x"\n.jpg', class: "" },
    ]);
  });

  it.each([
    [
      "to the end",
      'file,class\na.jpg,normal\nb.jpg,"normal\nc.jpg,normal\n',
      /row 2 of the table has "normal/,
    ],
    ["before a later quote", 'file,class\na.jpg,"normal\nb.jpg,"normal"\n', /row 1 of the table has "normal/],
    ["at the end of its field", 'file,class\n"a" b.jpg,normal\n', /row 1 of the table has "a" b.jpg/],
  ])("is refused with a quote that is not closed, %s", (_, text, message) => {
    expect(() => parseTable(text)).toThrow(message);
  });

  it("may be separated by tabs, where commas mean nothing", () => {
    expect(parseTable("file\tclass\na,b.jpg\tnormal")).toEqual([{ file: "a,b.jpg", class: "normal" }]);
  });

  it("may be separated by semicolons, as Excel does where a comma is the decimal sign", () => {
    expect(parseTable("file;class\r\na,b.jpg;normal\r\n")).toEqual([{ file: "a,b.jpg", class: "normal" }]);
  });
});

describe("a photograph that a table names twice", () => {
  it("counts once where its class is the same, however its path is written", async () => {
    const table = await writeTable(
      "twice.csv",
      "file,class,patient\na/b.jpg,normal,1\n./a//b.jpg,normal,2\n",
    );
    expect(await findPhotographs(folder, table, labels)).toEqual([
      { file: "a/b.jpg", label: "normal", source: "all", patient: "1" },
    ]);
  });

  it("is refused where its classes differ, as in sets of several diseases", async () => {
    const table = await writeTable("two-classes.csv", "file,class\na.jpg,normal\n./a.jpg,glaucoma\n");
    await expect(findPhotographs(folder, table, labels)).rejects.toThrow(
      /^Expected one class for a\.jpg but .*two-classes\.csv names normal and glaucoma: keep one of its rows/,
    );
  });
});

it("a table with a column twice is refused", () => {
  expect(() => parseTable("file,class,class\na.jpg,normal,glaucoma\n")).toThrow(
    "Expected each column of the table once but class stands in its header twice",
  );
});

describe("a table from another machine", () => {
  it("may separate folders with backslashes, and name its separator first", async () => {
    const table = await writeTable(
      "windows.csv",
      "\uFEFFsep=;\r\nfile;patient, id\r\nclinic\\normal\\a.jpg;1\r\n",
    );
    expect(await findPhotographs(folder, table, labels)).toEqual([
      { file: "clinic/normal/a.jpg", label: "normal", source: "clinic", patient: "clinic/normal/a.jpg" },
    ]);
  });

  it("is refused in UTF-16, as Excel's Unicode text is", async () => {
    const table = path.join(folder, "unicode.txt");
    await writeFile(table, Buffer.from("\uFEFFfile\tclass\r\na.jpg\tnormal\r\n", "utf16le"));
    await expect(findPhotographs(folder, table, labels)).rejects.toThrow(/^Expected UTF-8 in .*unicode\.txt/);
  });
});
