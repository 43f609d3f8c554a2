/** Templates and references that something fills in later. */
const reference =
  /\$\{|\$\(|\{\{|<%|%\{|#\{|^\$[A-Za-z_]\w*$|^%\w+%$|^<[^<>]*>$|^\[[^\]]*\]$|^(?:process\.env|os\.environ)\b|^(?:op|vault|ref|ref\+\w+|ssm|secretsmanager|awssm|keyring|env|file|gcp-sm|azurekv|akv):|^arn:aws[\w-]*:|^var\.|^local\.|^data\./i;

/** Words that people leave for others to replace. */
const dummy =
  /^(?:change[\s_-]?(?:me|it|this)|replace[\s_-]?(?:me|this)|to[\s_-]?do|tbd|n\/a|none|null|nil|undefined|unset|empty|dummy|placeholder|redacted|secret[\s_-]?here|(?:your|my|insert|enter|put)[\s_-].*|.*[\s_-]here|[x*.\-_?#]+|example|sample)$/i;

const longestDummy = 60;

const boolean = /^(?:true|false|yes|no|on|off|y|n|enabled|disabled)$/i;
const path = /^(?:\/[^\s/]+(?:\/[^\s/]*)*|\.{1,2}[/\\]\S*|~[/\\]\S*|[A-Za-z]:[\\/][^\n]*|\\\\\S+|[\w.-]+(?:\/[\w.-]+)*\.(?:pem|key|crt|cer|p12|pfx|jks|json|ya?ml|txt|env|ini|toml|conf|properties))$/;

/** Whether a value stands for a secret that is elsewhere, or is none by its kind: empty, a switch, a path. */
export function isHarmless(value: string): boolean {
  return value === '' || boolean.test(value) || (value.length <= longestDummy && dummy.test(value)) || reference.test(value) || isPath(value);
}

/** A path has more than one part or an ending; a single `/` may begin a password or base64. */
function isPath(value: string): boolean {
  return path.test(value) && (!value.startsWith('/') || value.slice(1).includes('/') || /\.\w{1,5}$/.test(value)) && !/[+=]/.test(value);
}

/** Files whose long digests are no secrets. */
const lockFile = /(?:^|[-.])lock(?:\.\w+)?$|^(?:package-lock\.json|npm-shrinkwrap\.json|go\.sum|\.terraform\.lock\.hcl)$/;
/** Files of texts for people, where `password` names the label of a field. */
const translations = /^(?:messages|labels|strings|translations?|validationmessages)(?:[_.-][\w-]*)?\.(?:properties|json|ya?ml|toml|ini)$|^[a-z]{2}(?:[-_][A-Z]{2})?\.(?:json|ya?ml|properties)$/i;
const templates = /(?:^|[._-])(?:example|sample|template|dist|tmpl|tpl)(?:[._-]|$)/i;

/** How much the names in a file count: not at all in lists of digests, little in translations and templates. */
export function kindOfFile(fileName: string): 'lock' | 'texts' | 'ordinary' {
  if (lockFile.test(fileName)) return 'lock';
  return translations.test(fileName) || templates.test(fileName) ? 'texts' : 'ordinary';
}
