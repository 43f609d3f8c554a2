import type { Caller } from '../evaluate/request.ts';
import type { KeyProperties } from '../catalog/catalog.ts';
import type { Span } from '../parse/policyTree.ts';
import type { LintCode } from './lintCodes.ts';

export type Severity = 'error' | 'warning' | 'information';

/** Replaces a part of the text; a length of zero inserts. */
export interface TextEdit extends Span {
  readonly text: string;
}

export interface QuickFix {
  /** What the fix does, as a command: "Use Version 2012-10-17". */
  readonly title: string;
  /** In the order of the text, without overlaps. */
  readonly edits: readonly TextEdit[];
}

/** Something to tell about a place in a key policy. */
export interface Diagnostic extends Span {
  /** One of the lint's own, or one of IAM Access Analyzer behind `AWS `. */
  readonly code: LintCode | `AWS ${string}`;
  readonly severity: Severity;
  /** One or two sentences. */
  readonly message: string;
  /** Where AWS documents it. */
  readonly link: string;
  readonly fix: QuickFix | undefined;
}

/** What a rule finds; the code's own severity holds where it names none. */
export interface Finding {
  readonly code: LintCode;
  readonly span: Span;
  readonly message: string;
  readonly severity?: Severity;
  readonly fix?: QuickFix;
}

/** What is known besides the text. Rules that need what is missing stay silent. */
export interface LintFacts {
  readonly key?: KeyProperties & {
    readonly arn: string;
    /** Twelve digits. */
    readonly account: string;
    readonly region: string;
  };
  /** Who is going to save the policy. */
  readonly caller?: Caller;
  /** Accounts besides the key's own that are meant to have access. */
  readonly trustedAccounts?: readonly string[];
  /** ARNs of users and roles that exist, to choose from. */
  readonly principals?: readonly string[];
  /** Whether a principal exists; undefined when that is not known. `type` is `AWS`, `Service` or `Federated`. */
  readonly principalExists?: (type: string, text: string) => boolean | undefined;
}
