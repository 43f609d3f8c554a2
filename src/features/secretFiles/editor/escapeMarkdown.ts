/**
 * A text for Markdown that shows as it is. Unlike MarkdownString.appendText it leaves spaces alone, so that long lines
 * wrap. Characters without a look of their own, which could turn a line around, are left out.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
