/** Rows that share a form (a text in the form in which texts are compared), in order of first appearance; rows with an empty form are left out. */
export function groupByForm(forms: readonly string[], keep: (row: number) => boolean): number[][] {
  const groups = new Map<string, number[]>();
  forms.forEach((form, row) => {
    if (form === '' || !keep(row)) return;
    const group = groups.get(form);
    if (group === undefined) groups.set(form, [row]);
    else group.push(row);
  });
  return [...groups.values()];
}
