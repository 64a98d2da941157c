import { useEffect, useState } from 'preact/hooks';
import { messageOf } from './api';
import type { Feed } from './feed';

// Draws again whenever the feed changes.
export function useFeed(feed: Feed): number {
  const [version, setVersion] = useState(0);
  useEffect(() => feed.listen(() => setVersion((now) => now + 1)), [feed]);
  return version;
}

export interface Loaded<T> {
  value?: T;
  error?: string;
}

// What `load` gives, and again whenever one of `keys` changes; the old value stays until then.
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, keys: unknown[]): Loaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({});
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (value) => !abort.signal.aborted && setLoaded({ value }),
      (error) => !abort.signal.aborted && setLoaded({ error: messageOf(error) }),
    );
    return () => abort.abort();
  }, keys);
  return loaded;
}

export function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
