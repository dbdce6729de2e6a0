/** One picture of a screen. */
export interface Picture {
  readonly file: string;
  readonly screen: string;
  readonly data: string;
  readonly look: string;
  readonly size: string;
}

/** A page with every picture: one heading a screen, its pictures side by side, filtered by data, look and size with the choices at the top. */
export function galleryIndex(pictures: readonly Picture[]): string {
  const screens = [...new Set(pictures.map(({ screen }) => screen))];
  const choices = (['data', 'look', 'size'] as const).map((by) => {
    const values = [...new Set(pictures.map((picture) => picture[by]))];
    const options = values.map((value) => `<option>${value}</option>`).join('');
    return `<label>${by} <select data-by="${by}"><option value="">all</option>${options}</select></label>`;
  });
  const sections = screens.map((screen) => {
    const figures = pictures
      .filter((picture) => picture.screen === screen)
      .map(
        ({ file, data, look, size }) =>
          `<figure data-data="${data}" data-look="${look}" data-size="${size}"><a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a><figcaption>${data} · ${look} · ${size}</figcaption></figure>`,
      );
    return `<section><h2>${screen}</h2>${figures.join('')}</section>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title>
<style>body{font:13px sans-serif;margin:16px}nav{position:sticky;top:0;background:Canvas;padding:8px 0}section{display:flex;flex-wrap:wrap;gap:12px}h2{flex:100%}figure{margin:0;width:420px}img{width:100%;border:1px solid GrayText}</style>
<nav>${choices.join(' ')}</nav>
${sections.join('\n')}
<script>
const selects=[...document.querySelectorAll('select')];
for(const select of selects)select.onchange=()=>{for(const figure of document.querySelectorAll('figure'))figure.hidden=selects.some((s)=>s.value!==''&&figure.dataset[s.dataset.by]!==s.value)};
</script>
`;
}
