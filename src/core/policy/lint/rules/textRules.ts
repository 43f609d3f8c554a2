import { maximumPolicyBytes, policyBytes } from '../../save/allowedText.ts';
import type { Finding } from '../diagnostic.ts';
import type { LintedPolicy } from '../statementView.ts';

/** From here on the size is worth a warning. */
const nearlyFull = 0.9 * maximumPolicyBytes;

/** Places to mark at most, so that a text in another script does not drown the list. */
const mostPlaces = 20;

/** KMSP001 to KMSP003: what is wrong with the text before anybody asks what it means. */
export function textRules({ tree }: LintedPolicy): readonly Finding[] {
  const faults = tree.faults.map((fault): Finding => ({ code: 'KMSP001', span: fault, message: fault.message }));
  return [...faults, ...sizeFindings(tree.text), ...characterFindings(tree.text)];
}

function sizeFindings(text: string): readonly Finding[] {
  const bytes = policyBytes(text);
  if (bytes < nearlyFull) return [];
  const isOver = bytes > maximumPolicyBytes;
  const message = `The policy has ${bytes} of ${maximumPolicyBytes} bytes.${isOver ? ' KMS refuses it. Shorten it.' : ''}`;
  return [{ code: 'KMSP002', span: { offset: 0, length: 1 }, message, severity: isOver ? 'error' : 'warning' }];
}

function characterFindings(text: string): readonly Finding[] {
  const runs = [...text.matchAll(/[^\t\n\r\u0020-\u00ff]+/g)].slice(0, mostPlaces);
  return runs.map(({ index, 0: run }) => ({
    code: 'KMSP003',
    span: { offset: index, length: run.length },
    message: 'A key policy holds no characters beyond U+00FF and no control characters.',
  }));
}
