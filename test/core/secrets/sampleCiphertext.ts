/** Bytes in the layouts of KMS's symmetric ciphertexts; what they hold is arbitrary, their lengths add up. */
export function sampleCiphertext(layout: 1 | 2, plaintextLength: number): Uint8Array {
  const message = der(Uint8Array.from({ length: 87 + plaintextLength }, (_, index) => (index * 37) % 256));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, message.length);
  const random = layout === 2 ? [1, ...Array.from({ length: 16 }, (_, index) => 200 - index)] : [];
  const keyHash = Array.from({ length: 32 }, (_, index) => 255 - index);
  return Uint8Array.from([1, layout, 2, 0, 0x78, ...keyHash, ...random, ...length, ...message]);
}

/** The same blob as KMS wrapped it until 2016. */
export function wrappedCiphertext(plaintextLength: number): Uint8Array {
  const blob = sampleCiphertext(1, plaintextLength);
  const length = blob.length < 128 ? [blob.length] : [(blob.length & 0x7f) | 0x80, blob.length >> 7];
  return Uint8Array.from([0x0a, 32, ...blob.subarray(5, 37), 0x12, ...length, ...blob]);
}

function der(content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length < 128) return Uint8Array.from([0x30, length, ...content]);
  if (length < 256) return Uint8Array.from([0x30, 0x81, length, ...content]);
  return Uint8Array.from([0x30, 0x82, length >> 8, length & 0xff, ...content]);
}
