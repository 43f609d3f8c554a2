import { PolicyEditor } from '../../shared/policyEditor.ts';

/** The editor of the section in which something happened. */
export function editorBeside({ currentTarget }: Event): PolicyEditor | undefined {
  const section = currentTarget instanceof Element ? currentTarget.closest('section') : null;
  const editor = section?.querySelector('kms-policy-editor');
  return editor instanceof PolicyEditor ? editor : undefined;
}
