export interface FormPart {
  name: string;
  /** Absent: a text field. */
  fileName?: string;
  contentType?: string;
  content: Uint8Array | string;
}

/** A multipart/form-data body byte by byte, so that a test may also break it. */
export function createForm(
  parts: FormPart[],
  boundary = "test-boundary",
): { contentType: string; body: Buffer } {
  const lines: Buffer[] = [];
  for (const { name, fileName, contentType, content } of parts) {
    const file = fileName === undefined ? "" : `; filename="${fileName}"`;
    const type = contentType === undefined ? "" : `Content-Type: ${contentType}\r\n`;
    lines.push(
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${type}\r\n`),
      Buffer.from(content),
      Buffer.from("\r\n"),
    );
  }
  lines.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(lines) };
}
