import { documentNonce } from '../../theme/nonce.ts';

/** Hands a document of ours to the printer dialogue of the browser, in a frame that is not seen. The frame inherits the policy of this page, which
 *  lets its style in by the nonce, and adds the document's own, under which nothing runs. */
export function printDocument(html: string): Promise<void> {
  return new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.className = 'print-frame';
    frame.srcdoc = html.replace('<style>', `<style nonce="${documentNonce}">`);
    frame.onload = () => {
      const inside = frame.contentWindow;
      // Some browsers return at once and print later.
      inside?.addEventListener('afterprint', () => setTimeout(() => frame.remove()), { once: true });
      inside?.print();
      resolve();
    };
    document.body.append(frame);
  });
}
