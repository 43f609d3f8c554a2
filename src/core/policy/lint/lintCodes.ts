import type { Severity } from './diagnostic.ts';

interface CodeRow {
  readonly severity: Severity;
  readonly link: string;
}

const kms = (page: string): string => `https://docs.aws.amazon.com/kms/latest/developerguide/${page}`;
const iam = (page: string): string => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}`;
const checks = 'access-analyzer-reference-policy-checks.html';

/** Every diagnostic with the severity it has as a rule and the page that documents it. */
const rows = {
  KMSP001: { severity: 'error', link: iam('reference_policies_grammar.html') },
  KMSP002: { severity: 'error', link: kms('resource-limits.html') },
  KMSP003: { severity: 'error', link: kms('key-policy-overview.html') },
  KMSP004: { severity: 'error', link: iam('reference_policies_elements_effect.html') },
  KMSP005: { severity: 'error', link: kms('key-policy-overview.html') },
  KMSP006: { severity: 'error', link: kms('key-policy-overview.html') },
  KMSP007: { severity: 'error', link: iam('reference_policies_elements.html') },
  KMSP008: { severity: 'warning', link: kms('key-policy-overview.html') },
  KMSP009: { severity: 'error', link: iam('reference_policies_elements_version.html') },
  KMSP010: { severity: 'error', link: iam('reference_policies_elements_principal.html') },
  KMSP011: { severity: 'error', link: iam('reference_policies_elements_principal.html') },
  KMSP012: { severity: 'warning', link: kms('key-policy-overview.html') },
  KMSP013: { severity: 'error', link: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html' },
  KMSP014: { severity: 'warning', link: 'https://docs.aws.amazon.com/config/latest/developerguide/kms-key-policy-no-public-access.html' },
  KMSP015: { severity: 'warning', link: iam('reference_policies_elements_notprincipal.html') },
  KMSP016: { severity: 'warning', link: iam('reference_policies_elements_notprincipal.html') },
  KMSP017: { severity: 'error', link: kms('kms-api-permissions-reference.html') },
  KMSP018: { severity: 'warning', link: kms('kms-api-permissions-reference.html') },
  KMSP019: { severity: 'warning', link: kms('symm-asymm-compare.html') },
  KMSP020: { severity: 'warning', link: kms('key-policy-modifying-external-accounts.html') },
  KMSP021: { severity: 'error', link: iam('reference_policies_elements_condition_operators.html') },
  KMSP022: { severity: 'error', link: kms('conditions-kms.html') },
  KMSP023: { severity: 'warning', link: kms('kms-api-permissions-reference.html') },
  KMSP024: { severity: 'error', link: iam('reference_policies_elements_condition_operators.html') },
  KMSP025: { severity: 'warning', link: iam('reference_policies_condition-single-vs-multi-valued-context-keys.html') },
  KMSP026: { severity: 'error', link: iam('reference_policies_condition-single-vs-multi-valued-context-keys.html') },
  KMSP027: { severity: 'warning', link: iam('reference_policies_elements_condition_operators.html') },
  KMSP028: { severity: 'warning', link: kms('conditions-kms.html#conditions-kms-resource-aliases') },
  KMSP029: { severity: 'warning', link: kms('conditions-kms.html#conditions-kms-via-service') },
  KMSP030: { severity: 'warning', link: iam('confused-deputy.html') },
  KMSP031: { severity: 'error', link: kms('key-policy-default.html#prevent-unmanageable-key') },
  KMSP032: { severity: 'warning', link: kms('key-policy-default.html#key-policy-default-allow-root-enable-iam') },
  KMSP033: { severity: 'warning', link: kms('grants.html') },
  KMSP034: { severity: 'warning', link: kms('iam-policies-best-practices.html') },
  KMSP035: { severity: 'warning', link: iam('access-analyzer-findings.html') },
  KMSP036: { severity: 'warning', link: iam('reference_policies_elements_sid.html') },
  KMSP037: { severity: 'information', link: iam(checks) },
  KMSP038: { severity: 'warning', link: kms('conditions-attestation.html') },
  KMSP039: { severity: 'information', link: kms('conditions-kms.html#conditions-kms-encryption-context') },
} as const satisfies Record<string, CodeRow>;

export type LintCode = keyof typeof rows;

export const lintCodes: Readonly<Record<LintCode, CodeRow>> = rows;
