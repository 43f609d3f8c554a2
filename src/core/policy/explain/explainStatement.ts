import { principalEntries, principalFormat, type PrincipalEntry } from '../matching/principalFormat.ts';
import type { ListMember, PrincipalMember, StatementNode } from '../parse/policyTree.ts';
import { conditionClauses } from './conditionWords.ts';
import { list } from './list.ts';

/** A statement of a key policy in one plain sentence, one that is not finished included. */
export function explainStatement(statement: StatementNode): string {
  const missing = missingElement(statement);
  if (missing !== undefined) return `This statement has no effect, because it has no ${missing}.`;
  const { effect, principal, notPrincipal, condition } = statement;
  const verb = effect?.content?.text === 'Deny' ? 'Forbids' : 'Allows';
  const whom = principal === undefined ? `everybody but ${peopleOf(notPrincipal)}` : peopleOf(principal);
  const clauses = conditionClauses(condition);
  const when = clauses.length === 0 ? '' : `, if ${list(clauses, 'and')}`;
  return `${verb} ${whom} ${actionsOf(statement)} ${resourcesOf(statement)}${when}.`;
}

function missingElement({ effect, principal, notPrincipal, action, notAction, resource, notResource }: StatementNode): string | undefined {
  const hasItems = (member: ListMember | undefined) => member !== undefined && member.items.length > 0;
  const people = principal ?? notPrincipal;
  if (effect?.content?.text !== 'Allow' && effect?.content?.text !== 'Deny') return 'Effect of Allow or Deny';
  if (people === undefined || principalEntries(people).length === 0) return 'Principal';
  if (!hasItems(action ?? notAction)) return 'Action';
  return hasItems(resource ?? notResource) ? undefined : 'Resource';
}

function peopleOf(member: PrincipalMember | undefined): string {
  return list(member === undefined ? [] : principalEntries(member).map(personOf), 'and');
}

function personOf({ type, value: { text } }: PrincipalEntry): string {
  const format = principalFormat(type?.text ?? 'AWS', text);
  if ('fault' in format) return `"${text}"`;
  const { kind, account = '' } = format;
  const name = text.slice(text.indexOf('/') + 1);
  switch (kind) {
    case 'everyone':
      return 'everybody';
    case 'account':
      return `account ${account} and those whom its IAM policies allow it`;
    case 'user':
    case 'role':
      return `${kind} ${name} of account ${account}`;
    case 'session':
      return `role session ${name} of account ${account}`;
    case 'federatedUser':
      return `federated user ${name} of account ${account}`;
    case 'service':
      return `the service ${text}`;
    case 'provider':
      return `users of the identity provider ${text}`;
    case 'uniqueId':
      return `the deleted principal ${text}`;
  }
}

function actionsOf({ action, notAction }: StatementNode): string {
  const texts = (action ?? notAction)?.items.map(({ text }) => text) ?? [];
  if (action === undefined) return `every action but ${list(texts, 'and')}`;
  return texts.some((text) => /^(?:kms:)?\*$/i.test(text)) ? 'every action' : list(texts, 'and');
}

function resourcesOf({ resource, notResource }: StatementNode): string {
  const texts = (resource ?? notResource)?.items.map(({ text }) => text) ?? [];
  if (resource === undefined) return `on everything but ${list(texts, 'and')}`;
  return texts.includes('*') ? 'on this key' : `on ${list(texts, 'and')}`;
}
