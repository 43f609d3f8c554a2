import assert from 'node:assert/strict';
import { applyEditsTo } from '../../../../../src/core/secrets/transform.ts';
import { applyRule, requireWritable } from '../../../../../src/core/secrets/sops/file/sopsFile.ts';
import { requireEditable } from '../../../../../src/core/secrets/sops/file/sopsFile.ts';
import { readSopsDocument, type SopsFormat } from '../../../../../src/core/secrets/sops/sopsFormat.ts';
import { defaultRule, type SelectionRule } from '../../../../../src/core/secrets/sops/selection/selectionRule.ts';
import { sameValue, stringValue, type SopsValue } from '../../../../../src/core/secrets/sops/values/sopsValue.ts';

/** What SOPS makes of a text: key path and value of each entry. */
const readings: Record<string, { readonly format: SopsFormat; readonly text: string; readonly values: readonly (readonly [string, string])[] }> = {
  'merge keys and aliases expanded': {
    format: 'yaml',
    text: 'base: &b\n  x: 1\nd:\n  <<: *b\n  z: 3\nl: [*b]\n',
    values: [['base/x', '1'], ['d/<</x', '1'], ['d/z', '3'], ['l/x', '1']],
  },
  'the places of lists left out of the path': { format: 'yaml', text: 'a:\n- - b: 1\n- c\n', values: [['a/b', '1'], ['a', 'c']] },
  'all documents of a stream, empty ones too': { format: 'yaml', text: '--- # one\na: 1\n---\n---\nb: 2\n...\n', values: [['a', '1'], ['b', '2']] },
  'text with a tag of a template': { format: 'yaml', text: 'a: !Ref 5\nb: !!str 5\n', values: [['a', '5'], ['b', '5']] },
  'the words of YAML 1.1 as text, whatever the version says': { format: 'yaml', text: '%YAML 1.1\n---\na: yes\n', values: [['a', 'yes']] },
  'an explicit key and a value without colon': { format: 'yaml', text: '? a\n: b\nf: {c, d: }\n', values: [['a', 'b'], ['f/c', ''], ['f/d', '']] },
  'JSON numbers as Go reads them': {
    format: 'json',
    text: '{"a": 18446744073709551615, "b": 1.0, "c": 9007199254740993, "d": -0, "e": -0.0}',
    values: [['a', '18446744073709552000'], ['b', '1'], ['c', '9007199254740993'], ['d', '0'], ['e', '-0']],
  },
  'half a surrogate pair in JSON as Go replaces it': { format: 'json', text: '{"a": "\\ud800x"}', values: [['a', '\ufffdx']] },
  'a .env line as it stands': {
    format: 'dotenv',
    text: '\uFEFFA=1\r\nexport B = "x" # y\nC==\\n\n',
    values: [['\uFEFFA', '1\r'], ['export B ', ' "x" # y'], ['C', '=\n']],
  },
  'quotes, comments and continued lines of an INI file': {
    format: 'ini',
    text: '\uFEFFa=1 ;x\nb = \'q\'\nc="a" b\nd=`x;\ny` # z\n e : a\\\n  b\\\n c\n[ s ]\n\tf==\ng="""a"b"""\n[s]\nh=\n',
    values: [['DEFAULT/a', '1'], ['DEFAULT/b', 'q'], ['DEFAULT/c', '"a" b'], ['DEFAULT/d', 'x;\ny'], ['DEFAULT/e', 'abc'], [' s /f', '='], [' s /g', 'a"b'], ['s/h', '']],
  },
};

/** What SOPS cannot read, or could not keep. */
const refusals: Record<string, { readonly format: SopsFormat; readonly text: string; readonly code: string; readonly message: RegExp; readonly rule?: SelectionRule }> = {
  'a list at the top of YAML': { format: 'yaml', text: '- a\n', code: 'PARSE_ERROR', message: /line 1.*mapping at the top/ },
  'an empty YAML file': { format: 'yaml', text: '# nothing\n', code: 'PARSE_ERROR', message: /no mapping/ },
  'a key twice in YAML': { format: 'yaml', text: 'a: 1\nl:\n- b: 1\n  b: 2\n', code: 'PARSE_ERROR', message: /line 4, column 3: the key stands there twice/ },
  'a number as a key': { format: 'yaml', text: 'a:\n  1: x\n', code: 'SOPS_UNSUPPORTED', message: /line 2: a key that is no text/ },
  'a mapping as a key': { format: 'yaml', text: '? {a: 1}\n: x\n', code: 'SOPS_UNSUPPORTED', message: /a key that is no text/ },
  'an integer above int64': { format: 'yaml', text: 'a: 1\nb: 18446744073709551615\n', code: 'SOPS_UNSUPPORTED', message: /line 2: SOPS cannot read an integer above/ },
  'an alias of a value to encrypt': { format: 'yaml', text: 'a: &x 1\nb: *x\n', code: 'SOPS_UNSUPPORTED', message: /a on line 1: The value has an anchor/ },
  'an alias to encrypt': { format: 'yaml', text: 'a_unencrypted: &x 1\nb: *x\n', code: 'SOPS_UNSUPPORTED', message: /b on line 2: The value comes through an alias/ },
  'an alias without end': { format: 'yaml', text: 'a: &x [*x]\n', code: 'SOPS_UNSUPPORTED', message: /line 1: an alias repeats itself/ },
  'a tag on a value to encrypt': { format: 'yaml', text: 'a: !Ref x\n', code: 'SOPS_UNSUPPORTED', message: /a on line 1: The value has a tag/ },
  'a tag before an anchor': { format: 'yaml', text: 'a: !!str &x 5\n', code: 'SOPS_UNSUPPORTED', message: /a on line 1: The value has a tag/ },
  'a tag that the value does not have': { format: 'yaml', text: 'a: !!int x\n', code: 'SOPS_UNSUPPORTED', message: /line 1/ },
  'a comment without text in a list': { format: 'yaml', text: 'a:\n- 1\n#\n- 2\n', code: 'SOPS_UNSUPPORTED', message: /line 3: SOPS makes an empty item/ },
  'a comment whose value is not certain': {
    format: 'yaml',
    text: 'a:\n# secret\n  b: 1\n',
    rule: { name: 'encrypted_comment_regex', pattern: 'secret' },
    code: 'SOPS_UNSUPPORTED',
    message: /line 2: it is not certain which value the comment is about/,
  },
  'a comment in a list in brackets': {
    format: 'yaml',
    text: 'a: [1, # plain\n  2]\n',
    rule: { name: 'unencrypted_comment_regex', pattern: 'plain' },
    code: 'SOPS_UNSUPPORTED',
    message: /line 1: it is not certain/,
  },
  'a sops key that is no mapping': { format: 'yaml', text: 'a: 1\nsops: x\n', code: 'PARSE_ERROR', message: /line 2.*sops does not hold a mapping/ },
  'a key of the name of the sops part in a later document': { format: 'yaml', text: 'a: 1\n---\nsops: {b: 1}\n', code: 'SOPS_UNSUPPORTED', message: /line 3: SOPS keeps the key sops/ },
  'a list at the top of JSON': { format: 'json', text: '[1]', code: 'PARSE_ERROR', message: /object at the top/ },
  'a comment in JSON': { format: 'json', text: '{"a": 1 // x\n}', code: 'PARSE_ERROR', message: /line 1, column 9/ },
  'a trailing comma in JSON': { format: 'json', text: '{"a": 1,}', code: 'PARSE_ERROR', message: /line 1/ },
  'a byte order mark in JSON': { format: 'json', text: '\uFEFF{}', code: 'PARSE_ERROR', message: /byte order mark/ },
  'a number too large in JSON': { format: 'json', text: '{"a": 1e999}', code: 'PARSE_ERROR', message: /too large/ },
  'two sops keys in JSON': { format: 'json', text: '{"sops": {}, "sops": {}}', code: 'PARSE_ERROR', message: /twice/ },
  'a .env line without =': { format: 'dotenv', text: 'A=1\nhello\n', code: 'PARSE_ERROR', message: /line 2, column 1: the line has no =/ },
  'an empty CR LF line of a .env file': { format: 'dotenv', text: 'A=1\r\n\r\nB=2', code: 'PARSE_ERROR', message: /line 2.*CR LF/ },
  'an INI line without =': { format: 'ini', text: '[a]\nhello\n', code: 'PARSE_ERROR', message: /line 2/ },
  'an INI section that is not closed': { format: 'ini', text: '[a\n', code: 'PARSE_ERROR', message: /not closed/ },
  'an INI value whose quotes are not closed': { format: 'ini', text: 'a=`x\ny\n', code: 'PARSE_ERROR', message: /line 1, column 3.*not closed/ },
  'an INI key twice': { format: 'ini', text: 'a=1\na=2\n', code: 'PARSE_ERROR', message: /line 2.*twice/ },
  'an INI key in quotes': { format: 'ini', text: '"a=b"=1\n', code: 'PARSE_ERROR', message: /in quotes/ },
  'an INI comment that begins with an empty line': { format: 'ini', text: 'a=1\n;\n; x\nb=2\n', code: 'SOPS_UNSUPPORTED', message: /line 4: SOPS cannot print the comment/ },
};

describe('a document of SOPS', () => {
  for (const [what, { format, text, values }] of Object.entries(readings)) {
    it(`has ${what}`, async () => {
      const { leaves } = await readSopsDocument(text, format);
      assert.deepEqual(leaves.map(({ path, value }) => [path.join('/'), value.text]), values);
    });
  }

  for (const [what, { format, text, code, message, rule = defaultRule }] of Object.entries(refusals)) {
    it(`is refused with ${what}`, async () => {
      const write = async () => {
        const document = await readSopsDocument(text, format);
        await requireWritable(document, rule);
        for (const { leaf, selected } of await applyRule(document, rule, false)) if (selected) requireEditable(document, leaf);
      };
      await assert.rejects(write, { code, message });
    });
  }

  /** A value in the clear written over the first one of a text. */
  const writings: readonly (readonly [format: SopsFormat, text: string, value: SopsValue, written: string])[] = [
    ['yaml', 'a: ENC # x\n', stringValue('yes'), "a: 'yes' # x\n"],
    ['yaml', 'a: ENC\nb: 1\n', stringValue('l1\nl2\n'), 'a: |\n  l1\n  l2\nb: 1\n'],
    ['yaml', 'a: ENC # x\n', stringValue('l1\nl2\n'), 'a: "l1\\nl2\\n" # x\n'],
    ['yaml', 'a:\r\n  - ENC\r\n', stringValue('l1\n\n  l2'), 'a:\r\n  - |-\r\n    l1\r\n\r\n      l2\r\n'],
    ['yaml', 'a: {b: ENC}\n', stringValue('x, y'), "a: {b: 'x, y'}\n"],
    ['yaml', 'a: !!str 5\n', { type: 'int', text: '6' }, 'a: 6\n'],
    ['yaml', 'a: &x !!str 5\n', stringValue('6'), "a: &x '6'\n"],
    ['yaml', 'a:\n', { type: 'int', text: '5' }, 'a: 5\n'],
    ['yaml', 'a: ENC\n', { type: 'float', text: '1' }, 'a: 1.0\n'],
    ['yaml', 'a: ENC\n', { type: 'float', text: '-Inf' }, 'a: -.inf\n'],
    ['yaml', 'a: ENC\n', { type: 'time', text: '2001-12-14T00:00:00Z' }, 'a: 2001-12-14T00:00:00Z\n'],
    ['yaml', 'a: ENC\n', { type: 'null', text: '' }, 'a: null\n'],
    ['json', '{"a": "ENC"}', { type: 'float', text: '1' }, '{"a": 1}'],
    ['json', '{"a": "ENC"}', { type: 'float', text: '-0' }, '{"a": -0.0}'],
    ['json', '{"a": "ENC"}', { type: 'float', text: '0.5' }, '{"a": 0.5}'],
    ['json', '{"a": "ENC"}', { type: 'float', text: '9007199254740992' }, '{"a": 9007199254740992}'],
    ['json', '{"a": "ENC"}', { type: 'float', text: '1000000000000000000000' }, '{"a": 1000000000000000000000}'],
    ['json', '{"a": "ENC"}', { type: 'bool', text: 'True' }, '{"a": true}'],
    ['json', '{"a": "ENC"}', stringValue('"\n'), '{"a": "\\"\\n"}'],
    ['dotenv', 'A=ENC\n', stringValue('l1\nl2'), 'A=l1\\nl2\n'],
    ['dotenv', 'A=ENC\n', { type: 'float', text: '1' }, 'A=1.0\n'],
    ['dotenv', 'A=ENC\n', { type: 'float', text: '0.0000001' }, 'A=1E-07\n'],
    ['ini', 'a = ENC ; c\n', stringValue('x;y'), 'a = `x;y` ; c\n'],
    ['ini', 'a=ENC\n', stringValue('"x"'), 'a=`"x"`\n'],
    ['ini', 'a = \n', stringValue('x'), 'a = x\n'],
    ['ini', 'a=ENC\n', { type: 'bool', text: 'False' }, 'a=false\n'],
  ];
  for (const [format, text, value, written] of writings) {
    it(`holds ${value.type} ${JSON.stringify(value.text)} in ${format} as ${JSON.stringify(written)}`, async () => {
      const leaf = (await readSopsDocument(text, format)).leaves[0]!;
      const after = applyEditsTo(text, [{ ...leaf.range, text: leaf.writeValue(value) }]);
      assert.equal(after, written);
      const read = (await readSopsDocument(after, format)).leaves[0]!.value;
      if (format === 'yaml' || format === 'json') assert.ok(sameValue(read, value, format), `read as ${read.type} ${read.text}`);
    });
  }

  it('refuses values that a format cannot hold', async () => {
    const write = async (format: SopsFormat, text: string, value: SopsValue) => (await readSopsDocument(text, format)).leaves[0]!.writeValue(value);
    await assert.rejects(write('dotenv', 'A=x', stringValue('a\\nb')), { code: 'EDIT_REFUSED' });
    await assert.rejects(write('ini', 'a=x', stringValue('`"""\n')), { code: 'EDIT_REFUSED' });
    await assert.rejects(write('json', '{"a": 1}', { type: 'float', text: 'NaN' }), { code: 'EDIT_REFUSED' });
  });
});
