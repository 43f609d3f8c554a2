import * as vscode from 'vscode';
import { policyDocumentScheme } from '../../contributions.ts';
import type { Completion, CompletionKind } from '../../core/policy/complete/completion.ts';
import type { LintFacts, TextEdit } from '../../core/policy/lint/diagnostic.ts';
import type { KeyPolicyPart } from '../../core/policy/parse/keyPolicies.ts';
import type { Span } from '../../core/policy/parse/policyTree.ts';
import { policyEngine } from './policyEngine.ts';
import { policyFileEnding } from './policyUri.ts';

/** Policies of keys, and files that hold one. The sides of a diff and other copies are left alone. */
export const policySelector: vscode.DocumentFilter[] = [
  { scheme: policyDocumentScheme, language: 'json' },
  { scheme: 'file', language: 'json', pattern: `**/*${policyFileEnding}` },
];

/** What is known of the key of a document. */
export type FactsOf = (uri: vscode.Uri) => LintFacts;

/** Gives the facts with the users and roles of the account, which may be asked for; undefined where nobody can be asked. */
export type AskPrincipals = (uri: vscode.Uri) => Promise<LintFacts | undefined>;

/** Completion, hover and quick fixes of the policy engine in VS Code's own editor. */
export function registerPolicyLanguage(selector: vscode.DocumentSelector, facts: FactsOf, askPrincipals: AskPrincipals): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(selector, { provideCompletionItems: (document, position) => complete(document, position, facts, askPrincipals) }, '"'),
    vscode.languages.registerHoverProvider(selector, { provideHover: hover }),
    vscode.languages.registerCodeActionsProvider(
      selector,
      { provideCodeActions: (document, range) => quickFixes(document, range, facts) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

/** The range of a span that is counted from `base`. */
export function rangeOf(document: vscode.TextDocument, { offset, length }: Span, base = 0): vscode.Range {
  return new vscode.Range(document.positionAt(base + offset), document.positionAt(base + offset + length));
}

const kinds: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  element: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  action: vscode.CompletionItemKind.Method,
  operator: vscode.CompletionItemKind.Operator,
  conditionKey: vscode.CompletionItemKind.Field,
  principal: vscode.CompletionItemKind.User,
};

/** The key policies in a document: it is one as a whole, or has some in it. */
export async function policiesOf(document: vscode.TextDocument): Promise<readonly KeyPolicyPart[]> {
  const { keyPolicies, wholePolicy } = await policyEngine();
  const text = document.getText();
  return vscode.languages.match(policySelector, document) > 0 ? [wholePolicy(text)] : keyPolicies(text);
}

/** The policy around an offset. */
async function policyAt(document: vscode.TextDocument, offset: number): Promise<KeyPolicyPart | undefined> {
  return (await policiesOf(document)).find((part) => part.offset <= offset && offset <= part.offset + part.length);
}

async function complete(document: vscode.TextDocument, position: vscode.Position, facts: FactsOf, askPrincipals: AskPrincipals): Promise<vscode.CompletionItem[]> {
  const { completePolicy } = await policyEngine();
  const offset = document.offsetAt(position);
  const part = await policyAt(document, offset);
  if (part === undefined) return [];
  const ask = (known: LintFacts | undefined) => (known === undefined ? undefined : completePolicy(part.text, offset - part.offset, known));
  const first = ask(facts(document.uri));
  const isAboutPrincipals = first?.items.some(({ kind }) => kind === 'principal') === true;
  const found = (isAboutPrincipals ? ask(await askPrincipals(document.uri)) : undefined) ?? first;
  if (found === undefined) return [];
  const range = rangeOf(document, found.span, part.offset);
  return found.items.map((item, index) => completionItem(item, range, index));
}

function completionItem({ kind, label, insert, cursor, detail, documentation }: Completion, range: vscode.Range, index: number): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, kinds[kind]);
  item.range = range;
  // The range holds the quotes, and so does what is compared with it.
  item.filterText = JSON.stringify(label);
  item.sortText = String(index).padStart(4, '0');
  item.detail = detail;
  if (documentation !== '') item.documentation = documentation;
  const snippet = new vscode.SnippetString().appendText(insert.slice(0, cursor));
  item.insertText = cursor === insert.length ? snippet : snippet.appendTabstop(0).appendText(insert.slice(cursor));
  if (cursor < insert.length) item.command = { title: '', command: 'editor.action.triggerSuggest' };
  return item;
}

async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
  const { hoverPolicy } = await policyEngine();
  const offset = document.offsetAt(position);
  const part = await policyAt(document, offset);
  const found = part && hoverPolicy(part.text, offset - part.offset);
  if (found === undefined) return undefined;
  const text = new vscode.MarkdownString();
  text.appendMarkdown('**').appendText(found.title).appendMarkdown('**\n\n').appendText(found.sentences.join(' '));
  text.appendMarkdown(`\n\n[${vscode.l10n.t('AWS documentation')}](${found.link})`);
  return new vscode.Hover(text, rangeOf(document, found.span, part?.offset));
}

async function quickFixes(document: vscode.TextDocument, range: vscode.Range, facts: FactsOf): Promise<vscode.CodeAction[]> {
  const { lintPart } = await policyEngine();
  const parts = await policiesOf(document);
  return parts.flatMap((part) => lintPart(part, facts(document.uri))).flatMap((diagnostic) => {
    const { fix } = diagnostic;
    const place = rangeOf(document, diagnostic);
    if (fix === undefined || place.intersection(range) === undefined) return [];
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.set(document.uri, fix.edits.map((edit) => textEdit(document, edit)));
    action.isPreferred = true;
    return [action];
  });
}

function textEdit(document: vscode.TextDocument, edit: TextEdit): vscode.TextEdit {
  return vscode.TextEdit.replace(rangeOf(document, edit), edit.text);
}
