/** OpenJPEG compiled to WebAssembly; the package brings no types. */
declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  interface Decoder {
    /** Memory for the file, inside the WebAssembly instance. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    /** A copy: the samples of a pixel lie side by side, 8 bits each or 16, little endian. */
    getDecodedBuffer(): Uint8ClampedArray;
    getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
    delete(): void;
  }
  interface OpenJpeg {
    J2KDecoder: new () => Decoder;
  }
  export default function openJpeg(options: {
    print(line: string): void;
    printErr(line: string): void;
  }): Promise<OpenJpeg>;
}
