export interface Entry {
  name: string;
  content: string | Uint8Array;
  method?: number;
  size?: number;
  /** Bytes between the local header's name and the content, as Python writes for large files. */
  extra?: number;
}

/** A zip file (APPNOTE.TXT 4.3.6) with what the reader looks at. */
export function createZip(entries: Entry[], comment = ""): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method = 0, size = content.length, extra = 0 } of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50);
    header.writeUInt16LE(name.length, 26);
    header.writeUInt16LE(extra, 28);
    const local = Buffer.concat([
      header,
      Buffer.from(name),
      Buffer.alloc(extra),
      Buffer.from(content as Uint8Array),
    ]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment)]);
}
