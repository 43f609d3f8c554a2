import { keyStates, type Measured, type ProbedState } from './measure.ts';
import { otherEmulators } from './otherEmulators.ts';

const mark = (yes: boolean): string => (yes ? 'yes' : 'no');

function statesText(states: ReadonlyMap<ProbedState, boolean>): string {
  if (states.size === 0) return '';
  const accepted = keyStates.filter((state) => states.get(state) === true);
  return accepted.length === states.size ? 'every' : accepted.join(', ');
}

function row({ operation, works, limits, states, policy }: Measured): string {
  const refused = `${limits.tried - limits.missed.length} of ${limits.tried}`;
  const others = otherEmulators.map(({ without }) => mark(!without.includes(operation)));
  return `| ${[operation, mark(works), refused, statesText(states), mark(policy), ...others].join(' | ')} |`;
}

/** The table of the documentation, in Markdown, from what was measured. */
export function capabilityTable(measured: readonly Measured[]): string {
  const head = ['Operation', 'Works', 'Wrong members refused', 'Key states accepted', 'Policy enforced', ...otherEmulators.map(({ name }) => name)];
  const offered = otherEmulators.map(({ without }) => (measured.length - without.length).toString());
  const works = measured.filter((each) => each.works).length;
  const limits = measured.reduce((sum, { limits: { tried, missed } }) => sum + tried - missed.length, 0);
  const policies = measured.filter((each) => each.policy).length;
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...measured.map(row),
    `| **All ${measured.length}** | **${works}** | **${limits}** | | **${policies}** | ${offered.map((count) => `**${count}**`).join(' | ')} |`,
  ].join('\n');
}

const start = '<!-- Measured: npm run generate -->';
const end = '<!-- End of what is measured -->';

/** Puts the table where the documentation wants it. */
export function withCapabilityTable(page: string, measured: readonly Measured[]): string {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no "${start}" and "${end}".`);
  return `${page.slice(0, from)}${start}\n${capabilityTable(measured)}\n${page.slice(to)}`;
}
