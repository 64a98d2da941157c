import { useEffect, useMemo, useState } from 'preact/hooks';
import { credentials } from './api';
import { ArticlePage } from './article_page';
import { Feed, type Connection, type FeedFilter } from './feed';
import { FeedPage } from './feed_page';
import { useFeed, useNow } from './hooks';
import { ReadPage } from './read_page';
import { useRoute } from './route';
import { StatusPage } from './status_page';
import { StoriesPage, StoryPage } from './story_page';

const emptyFilter: FeedFilter = { kinds: [], minSeverity: 0, expression: '' };

function connectionWord(connection: Connection, now: number): string {
  switch (connection.state) {
    case 'connecting': return 'connecting…';
    case 'live': return 'live';
    case 'behind': return `behind by ${connection.events} events`;
    case 'waiting': {
      const seconds = Math.max(0, Math.ceil((connection.until - now) / 1000));
      return `offline: ${connection.why}; trying again${seconds > 0 ? ` in ${seconds} s` : ''}`;
    }
    case 'refused': return 'the filter is refused';
    case 'locked': return 'a token is needed';
  }
}

function ConnectionLine({ feed }: { feed: Feed }) {
  useFeed(feed);
  const now = useNow(1000);
  return (
    <span class={`connection ${feed.connection.state}`} role="status" data-testid="connection">
      <span class="dot" aria-hidden="true" /> {connectionWord(feed.connection, now)}
    </span>
  );
}

function Theme() {
  const [theme, setTheme] = useState(localStorage.getItem('claimwatch.theme') ?? 'auto');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('claimwatch.theme', theme);
  }, [theme]);
  return (
    <label class="theme">
      <span class="hidden">Colours</span>
      <select value={theme} onChange={(event) => setTheme(event.currentTarget.value)}>
        <option value="auto">auto</option>
        <option value="light">light</option>
        <option value="dark">dark</option>
      </select>
    </label>
  );
}

function TokenForm({ why, onToken }: { why: string; onToken: () => void }) {
  const [token, setToken] = useState('');
  return (
    <form
      class="token"
      onSubmit={(event) => {
        event.preventDefault();
        credentials.set(token.trim());
        onToken();
      }}
    >
      <p>This daemon asks who you are: {why}.</p>
      <label>
        Token <input type="password" value={token} onInput={(event) => setToken(event.currentTarget.value)} autocomplete="off" />
      </label>
      <button type="submit">Use it in this tab</button>
    </form>
  );
}

const pages: [string, string][] = [['feed', 'Alerts'], ['stories', 'Stories'], ['read', 'Read a text'], ['status', 'Status']];

export function App() {
  const route = useRoute();
  const [filter, setFilter] = useState(emptyFilter);
  const [attempt, setAttempt] = useState(0);
  const feed = useMemo(() => new Feed(filter), [filter, attempt]);
  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  useFeed(feed);

  const main = () => {
    if (feed.connection.state === 'locked') {
      return <TokenForm why={feed.connection.why} onToken={() => setAttempt(attempt + 1)} />;
    }
    switch (route.page) {
      case 'feed': return <FeedPage feed={feed} filter={filter} onFilter={setFilter} selected={route.id} />;
      case 'stories': return <StoriesPage feed={feed} />;
      case 'story': return <StoryPage feed={feed} storyId={route.id} figureId={route.query.get('figure') ?? ''} />;
      case 'article': return <ArticlePage articleId={route.id} />;
      case 'read': return <ReadPage />;
      case 'status': return <StatusPage feed={feed} />;
      default: return <p class="empty">There is no such page. <a href="#/">To the alerts</a></p>;
    }
  };
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>
        To the content
      </a>
      <header>
        <a class="brand" href="#/">Claimwatch</a>
        <nav aria-label="Pages">
          {pages.map(([page, title]) => (
            <a key={page} href={`#/${page === 'feed' ? '' : page}`} aria-current={route.page === page ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <ConnectionLine feed={feed} />
        {credentials.get() !== '' && feed.connection.state !== 'locked' && (
          <button type="button" onClick={() => { credentials.forget(); setAttempt(attempt + 1); }}>Forget the token</button>
        )}
        <Theme />
      </header>
      <main id="main" tabIndex={-1}>{main()}</main>
    </>
  );
}
