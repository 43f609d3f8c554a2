/** A form by which a service's secrets are known. */
export interface SecretShape {
  /** As a noun phrase. */
  readonly label: string;
  readonly confidence: 'high' | 'medium';
  readonly pattern: RegExp;
}

/** What the services document about their tokens; the first that matches wins. */
const shapes: readonly SecretShape[] = [
  { label: 'a private key', confidence: 'high', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { label: 'an age secret key', confidence: 'high', pattern: /\bAGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{40,}/ },
  { label: 'a GitHub token', confidence: 'high', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{40,}/ },
  { label: 'a GitLab token', confidence: 'high', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft)-[\w-]{20,}/ },
  { label: 'a Slack token', confidence: 'high', pattern: /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/ },
  { label: 'a Slack webhook', confidence: 'high', pattern: /hooks\.slack\.com\/services\/\w+\/\w+\/\w+/ },
  { label: 'a Stripe key', confidence: 'high', pattern: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{24,}/ },
  { label: 'a Google API key', confidence: 'high', pattern: /\bAIza[\w-]{35}(?![\w-])/ },
  { label: 'an npm token', confidence: 'high', pattern: /\bnpm_[A-Za-z0-9]{36}(?!\w)/ },
  { label: 'a PyPI token', confidence: 'high', pattern: /\bpypi-AgE[\w-]{50,}/ },
  { label: 'a SendGrid key', confidence: 'high', pattern: /\bSG\.[\w-]{20,24}\.[\w-]{39,50}/ },
  { label: 'a key of a language model service', confidence: 'high', pattern: /\bsk-(?:ant-|proj-)?[\w-]{32,}/ },
  { label: 'a HashiCorp Vault token', confidence: 'high', pattern: /\bhv[sbr]\.[\w-]{24,}/ },
  { label: 'a DigitalOcean token', confidence: 'high', pattern: /\bdo[opr]_v1_[0-9a-f]{64}/ },
  { label: 'an Azure storage key', confidence: 'high', pattern: /\bAccountKey=[A-Za-z0-9+/]{60,}={0,2}/ },
  { label: 'a JSON Web Token', confidence: 'high', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { label: 'an AWS access key id', confidence: 'medium', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
];

/** Something that every shape has in it, so that most values meet one expression only. */
const anyShape =
  /-----BEGIN|AGE-SECRET|gh[pousr]_|github_pat_|\bgl\w{2,3}-|xox[abeoprs]-|xapp-|hooks\.slack|k_(?:live|test)_|whsec_|AIza|npm_|pypi-|\bSG\.|\bsk-|\bhv[sbr]\.|\bdo[opr]_v1_|AccountKey=|eyJ|AKIA|ASIA/;

export function shapeOf(value: string): SecretShape | undefined {
  return anyShape.test(value) ? shapes.find(({ pattern }) => pattern.test(value)) : undefined;
}

const urlPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,100}:([^\s@/]{1,200})@/i;
const namedPassword = /(?:^|[;?&\s])(?:password|pwd|sharedaccesskey)\s*=\s*("[^"]*"|'[^']*'|[^\s;&]+)/i;

/** The password in a URL (`scheme://user:password@host`) or in a connection string (`...;Password=...`). */
export function connectionPassword(value: string): string | undefined {
  if (value.includes('://')) {
    const password = urlPassword.exec(value)?.[1];
    if (password !== undefined) return password;
  }
  return value.includes('=') && /[;?&]|\s\w+\s*=/.test(value) ? namedPassword.exec(value)?.[1]?.replace(/^["']|["']$/g, '') : undefined;
}
