// Shows, for the box that the pointer or the focus is on, the nodes that its pullbacks recorded
// (.pulled), the node whose pullback recorded it (.puller) and the arrows that leave it (.out).
// Enter, Space or a click on a folded group opens its part of the page.
'use strict';
const numbers = (box, key) => (box.dataset[key] || '').split(' ').filter(Boolean);
const said = document.getElementById('said');

function clear() {
  document.querySelectorAll('.self, .pulled, .puller, .out').forEach(
      e => e.classList.remove('self', 'pulled', 'puller', 'out'));
  document.querySelectorAll('.touched').forEach(e => e.classList.remove('touched'));
  said.textContent = '';
}

function touch(box) {
  clear();
  const svg = box.closest('svg');
  const own = new Set(numbers(box, 'nodes'));
  const of = new Set(numbers(box, 'of'));
  const pulled = [];
  const pullers = [];
  svg.classList.add('touched');
  box.classList.add('self');
  for (const other of svg.querySelectorAll('.box')) {
    if (other !== box && numbers(other, 'of').some(n => own.has(n))) {
      other.classList.add('pulled');
      pulled.push(other.querySelector('.label').textContent);
    }
    if (other !== box && numbers(other, 'nodes').some(n => of.has(n))) {
      other.classList.add('puller');
      pullers.push(other.querySelector('.label').textContent);
    }
  }
  for (const arrow of svg.querySelectorAll('.arrow')) {
    arrow.classList.toggle('out', numbers(arrow, 'from').some(n => own.has(n)));
  }
  said.textContent = box.getAttribute('aria-label') +
      (pullers.length ? '; recorded by the pullback of ' + pullers.join(', ') : '') +
      (pulled.length ? '; its pullback recorded ' + pulled.join(', ') : '');
}

function open(box) {
  const part = document.getElementById(box.dataset.opens);
  if (part) {
    part.open = true;
    part.querySelector('summary').focus();
    part.scrollIntoView({block: 'start'});
  }
}

for (const box of document.querySelectorAll('.box')) {
  box.addEventListener('mouseenter', () => touch(box));
  box.addEventListener('mouseleave', clear);
  box.addEventListener('focus', () => touch(box));
  box.addEventListener('blur', clear);
  box.addEventListener('click', () => open(box));
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(box);
    }
  });
}
