// Saying something about exactly these words: select them, and a button leads to the form. Without this script the
// form asks which words are meant. In the form itself, selecting fills in the words.
(() => {
  const plain = (node) => {
    const copy = node.cloneContents();
    copy.querySelectorAll('.ref, h3, .tools, .remarks').forEach((each) => each.remove());
    return copy.textContent.replace(/\s+/g, ' ');
  };
  // a finger seldom hits the edge of a word
  const wholeWords = (range) => {
    const letter = /[\p{L}\p{N}]/u;
    const first = range.startContainer, last = range.endContainer;
    if (first.nodeType === 3) {
      let at = range.startOffset;
      while (at > 0 && letter.test(first.data[at - 1]) && letter.test(first.data[at] ?? '')) at -= 1;
      range.setStart(first, at);
    }
    if (last.nodeType === 3) {
      let at = range.endOffset;
      while (at > 0 && at < last.length && letter.test(last.data[at]) && letter.test(last.data[at - 1])) at += 1;
      range.setEnd(last, at);
    }
    return range;
  };
  const chosen = () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = wholeWords(selection.getRangeAt(0).cloneRange());
    const start = range.startContainer, home = (start.nodeType === 1 ? start : start.parentElement).closest('[data-stuk]');
    const words = plain(range).trim();
    if (!home || words.length < 2 || words.length > 1500) return null;
    const before = document.createRange();
    before.selectNodeContents(home);
    before.setEnd(range.startContainer, range.startOffset);
    const lead = plain(before).replace(/^ /, ''), own = plain(range);
    return { home, words, place: lead.length + (own.length - own.trimStart().length) };
  };
  let button = null;
  const fill = ({ words, place }) => {
    const form = document.forms[0].elements.words ? document.forms[0] : document.querySelector('form.section-s');
    form.elements.words.value = words;
    form.elements.near.value = place;
    const about = form.querySelector('[name=about][value=woorden]');
    if (about) about.checked = true;
  };
  const offer = ({ home, words, place }) => {
    const link = home.parentElement.querySelector('.tools a');
    if (!link) return;
    button ??= Object.assign(document.createElement('a'), { className: 'button words' });
    button.textContent = document.querySelector('[data-chosen]')?.dataset.chosen || link.textContent;
    button.href = `${link.href}&woorden=${encodeURIComponent(words)}&plek=${place}`;
    link.after(button);
  };
  document.addEventListener('selectionchange', () => {
    const found = chosen();
    if (!found) return;
    if (found.home.dataset.stuk === 'words') fill(found);
    else offer(found);
  });
})();
