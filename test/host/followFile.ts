import { closeSync, openSync, readSync } from 'node:fs';

/** Copies what is appended to a file to standard output as it comes. The returned function copies the rest and ends it. */
export function followFile(file: string): () => void {
  let position = 0;
  const buffer = Buffer.alloc(65_536);
  const copy = (): void => {
    const descriptor = openSync(file, 'r');
    try {
      for (;;) {
        const count = readSync(descriptor, buffer, 0, buffer.length, position);
        if (count === 0) return;
        position += count;
        process.stdout.write(Uint8Array.from(buffer.subarray(0, count)));
      }
    } finally {
      closeSync(descriptor);
    }
  };
  const timer = setInterval(copy, 200);
  return () => {
    clearInterval(timer);
    copy();
  };
}
