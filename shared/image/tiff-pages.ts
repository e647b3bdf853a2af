/**
 * Counts the pages of a classic TIFF by following its chain of directories (TIFF 6.0, section 2), and stops above
 * `limit`: reading a header takes libtiff a time that grows with the pages, which a file of 10 MB can make seconds.
 */
export function countTiffPages(bytes: Uint8Array, limit: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = bytes[0] === 0x49;
  let pages = 0;
  let directory = readUint32(view, 4, isLittleEndian);
  while (directory !== 0 && pages <= limit) {
    pages++;
    const entries = directory + 2 <= view.byteLength ? view.getUint16(directory, isLittleEndian) : 0;
    directory = readUint32(view, directory + 2 + entries * 12, isLittleEndian);
  }
  return pages;
}

/** 0, which ends the chain, where the file is too short. */
function readUint32(view: DataView, offset: number, isLittleEndian: boolean): number {
  return offset + 4 <= view.byteLength ? view.getUint32(offset, isLittleEndian) : 0;
}
