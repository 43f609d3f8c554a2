/** Multiplication in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1, the field of AES (FIPS 197, section 4.2). */
export function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product & 0x80 ? 0x11b : 0);
    if ((b >> bit) & 1) product ^= a;
  }
  return product;
}

/** `a / b` for a `b` other than zero: every element but zero has the order 255 or a divisor of it, so b^254 is 1/b. */
export function divide(a: number, b: number): number {
  let inverse = 1;
  for (let power = 0; power < 254; power += 1) inverse = multiply(inverse, b);
  return multiply(a, inverse);
}
