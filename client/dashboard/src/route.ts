// Where the reader is, in the address: "#/story/s1?figure=f3".
import { useEffect, useState } from 'preact/hooks';

export interface Route {
  page: string;
  id: string;
  query: URLSearchParams;
}

export function readRoute(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page, ...rest] = path.split('/');
  let id = rest.join('/');
  try {
    id = decodeURIComponent(id);
  } catch {
    id = ''; // Somebody typed a stray %.
  }
  return { page: page || 'feed', id, query: new URLSearchParams(query ?? '') };
}

export const linkTo = {
  feed: () => '#/',
  alert: (id: string) => `#/feed/${encodeURIComponent(id)}`,
  story: (id: string, figure = '') =>
    `#/story/${encodeURIComponent(id)}${figure === '' ? '' : `?figure=${encodeURIComponent(figure)}`}`,
  article: (id: string) => `#/article/${encodeURIComponent(id)}`,
};

export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const read = () => setRoute(readRoute(location.hash));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return route;
}
