/**
 * Compiles a regular expression with the syntax and meaning of Go's package regexp, which is RE2: no backtracking, no
 * look-around, flags such as `(?i)`. The engine is loaded with the first expression. The result says whether the
 * expression matches anywhere in a text; undefined when Go would not compile it.
 */
export async function compileGoRegex(pattern: string): Promise<((text: string) => boolean) | undefined> {
  const { RE2JS } = await import('re2js');
  try {
    const expression = RE2JS.compile(pattern);
    return (text) => expression.matcher(text).find();
  } catch {
    return undefined;
  }
}
