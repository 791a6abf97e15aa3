// The scan box of the packer's phone. A scan is taken at Enter and the box is free again at once; scans are sent one by one, each
// with an id of its own, and kept in the browser until the hub has answered: a lost connection or a reload loses none and counts none twice.

const pause = ms => new Promise(done => setTimeout(done, ms));

function newId() {
  const b = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = [...b].map(x => x.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

let audio;
function sound(ok) {
  try {
    audio ??= new AudioContext();
    const tone = audio.createOscillator(), volume = audio.createGain(), length = ok ? 0.09 : 0.45;
    tone.type = ok ? 'sine' : 'square';
    tone.frequency.value = ok ? 1175 : 196;
    volume.gain.value = ok ? 0.25 : 0.35;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + length);
  } catch { /* no sound device: colour and words say the same */ }
  navigator.vibrate?.(ok ? 30 : [120, 60, 120]);
}

function flash(ok) {
  const cover = document.createElement('div');
  cover.className = `scan-flash ${ok ? 'right' : 'wrong'}`;
  cover.addEventListener('animationend', () => cover.remove());
  document.body.append(cover);
}

/** @param place names what is scanned here; waiting scans are kept under it. */
export function start(box, page, place) {
  const shelf = `orderhub.scans.${place}`;
  let waiting = JSON.parse(sessionStorage.getItem(shelf) ?? '[]'), sending = false, stopped = false;
  const keep = () => waiting.length ? sessionStorage.setItem(shelf, JSON.stringify(waiting)) : sessionStorage.removeItem(shelf);

  async function send() {
    if (sending) return;
    sending = true;
    while (waiting.length && !stopped) {
      let answer;
      try { answer = await page.invokeMethodAsync('TakeScanAsync', waiting[0].id, waiting[0].code); }
      catch { answer = 'later'; } // the connection is away: it comes back by itself
      if (stopped) break;
      if (answer === 'later') { await pause(1000); continue; }
      waiting.shift();
      keep();
      sound(answer === 'right');
      flash(answer === 'right');
    }
    sending = false;
  }

  function onKey(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const code = box.value.trim();
    box.value = '';
    if (!code) return;
    waiting.push({ id: newId(), code });
    keep();
    send();
  }

  // a scanner types wherever the focus is: it belongs to the box unless someone works on another control
  const takeFocus = () => { if (!stopped && !document.activeElement?.matches('input, select, textarea, button, a')) box.focus({ preventScroll: true }); };
  const onBlur = () => setTimeout(takeFocus, 150);
  const onClick = () => setTimeout(() => { if (!stopped && !document.activeElement?.matches('input, select, textarea')) box.focus({ preventScroll: true }); }, 150);
  box.addEventListener('keydown', onKey);
  box.addEventListener('blur', onBlur);
  document.addEventListener('click', onClick);
  box.focus({ preventScroll: true });
  send();
  return {
    stop() {
      stopped = true;
      box.removeEventListener('keydown', onKey);
      box.removeEventListener('blur', onBlur);
      document.removeEventListener('click', onClick);
    },
  };
}

export function printPage() { window.print(); }
