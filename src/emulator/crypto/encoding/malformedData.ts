/** Thrown inside the readers of binary formats; never leaves the function that was asked to read. */
export class MalformedData extends Error {}

/** What `read` gives, or undefined when it finds the bytes malformed. Other errors pass. */
export function unlessMalformed<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedData) return undefined;
    throw error;
  }
}
