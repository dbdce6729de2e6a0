/** A check that never ends, as of a file made to keep it busy. */
process.on('message', () => {
  for (;;);
});
