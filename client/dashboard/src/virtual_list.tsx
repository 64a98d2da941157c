// A list of rows of known heights: only those in view are in the document, so ten thousand scroll
// like ten.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

const spare = 400; // Pixels above and below the view.

interface Props<Row> {
  rows: Row[];
  heightOf: (row: Row) => number;
  keyOf: (row: Row) => string;
  draw: (row: Row, index: number) => ComponentChildren;
  label: string;
  reveal?: string; // Key of a row to bring into view when this changes.
}

// The first place in `starts` that is beyond `offset`.
function firstAfter(starts: number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function VirtualList<Row>({ rows, heightOf, keyOf, draw, label, reveal }: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const starts = useMemo(() => {
    let sum = 0;
    return rows.map((row) => {
      const start = sum;
      sum += heightOf(row);
      return start;
    });
  }, [rows, heightOf]);
  const total = rows.length === 0 ? 0 : starts[rows.length - 1] + heightOf(rows[rows.length - 1]);

  useEffect(() => {
    const element = box.current!;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    read();
    const resized = new ResizeObserver(read);
    resized.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, []);

  // What the reader looks at stays in place when rows come in above it.
  const anchor = useRef<{ key: string; offset: number }>();
  useLayoutEffect(() => {
    const element = box.current!;
    const held = anchor.current;
    if (held === undefined || element.scrollTop < 8) return;
    const index = rows.findIndex((row) => keyOf(row) === held.key);
    if (index >= 0) element.scrollTop = starts[index] + held.offset;
  }, [rows]);
  useEffect(() => {
    const index = firstAfter(starts, view.top) - 1;
    if (index >= 0 && index < rows.length) anchor.current = { key: keyOf(rows[index]), offset: view.top - starts[index] };
  });

  useLayoutEffect(() => {
    if (reveal === undefined) return;
    const index = rows.findIndex((row) => keyOf(row) === reveal);
    if (index < 0) return;
    const element = box.current!;
    const start = starts[index];
    const end = start + heightOf(rows[index]);
    if (start < element.scrollTop) element.scrollTop = start - 60;
    if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
  }, [reveal]);

  const from = Math.max(0, firstAfter(starts, view.top - spare) - 1);
  const to = Math.min(rows.length, firstAfter(starts, view.top + view.height + spare));
  return (
    <div class="virtual" ref={box} tabIndex={0} role="region" aria-label={label}>
      <div role="list" class="virtual-body" style={{ height: `${total}px` }}>
        {rows.slice(from, to).map((row, place) => (
          <div
            key={keyOf(row)}
            role="listitem"
            class="virtual-row"
            style={{ transform: `translateY(${starts[from + place]}px)` }}
          >
            {draw(row, from + place)}
          </div>
        ))}
      </div>
    </div>
  );
}
