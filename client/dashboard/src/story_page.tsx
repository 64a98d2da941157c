import { stories as service, claims as claimService } from './api';
import type { Feed } from './feed';
import { FigurePlot, type History } from './figure_plot';
import type { Claim } from './gen/claimwatch/v1/claim_pb';
import type { Figure, FigureEntry, FigureValue, Story } from './gen/claimwatch/v1/story_pb';
import { useFeed, useLoaded } from './hooks';
import { linkTo } from './route';
import { quantityWord, timeWord, verdictWord } from './words';

const figuresMax = 500;
const claimsMax = 1000;
const partsMax = 6;

async function allFigures(storyId: string, signal: AbortSignal): Promise<Figure[]> {
  const figures: Figure[] = [];
  let pageToken = '';
  do {
    const page = await service.listFigures({ storyId, pageToken, pageSize: 200 }, { signal });
    figures.push(...page.figures);
    pageToken = page.nextPageToken;
  } while (pageToken !== '' && figures.length < figuresMax);
  return figures;
}

// The figure that the reader most likely came for.
function mainFigure(figures: Figure[], wanted: string): Figure | undefined {
  const weight = (figure: Figure) => figure.claimCount + (figure.openAlertId === '' ? 0 : 100);
  return (
    figures.find((figure) => figure.figureId === wanted) ??
    figures.reduce<Figure | undefined>((best, figure) => (best === undefined || weight(figure) > weight(best) ? figure : best), undefined)
  );
}

async function loadHistory(figureId: string, signal: AbortSignal) {
  const answer = await service.getFigure({ figureId }, { signal });
  return { figure: answer.figure!, entries: answer.history, values: answer.values, omitted: answer.omittedEntryCount };
}

// A source is behind when the latest that it said is a value that is no longer believed.
export function stillBehind(entries: FigureEntry[], values: FigureValue[]): Claim[] {
  const latest = new Map<string, Claim>();
  for (const { claim } of entries) {
    if (claim !== undefined && !claim.withdrawn && claim.source !== '') latest.set(claim.source, claim);
  }
  const current = new Set(values[0]?.sources ?? []);
  const told = quantityWord(values[0]?.quantity);
  return [...latest.values()].filter((claim) => !current.has(claim.source) && quantityWord(claim.quantity) !== told);
}

function FigureTable({ entries }: { entries: FigureEntry[] }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Claims of the figure">
      <table>
        <caption>Every claim of it, as of when it holds</caption>
        <thead>
          <tr>
            <th scope="col">As of</th><th scope="col">Value</th><th scope="col">Source</th><th scope="col">Says who</th>
            <th scope="col">What came of it</th><th scope="col">Believed after</th><th scope="col">Alert</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ claim, asOfTime, verdict, alertId, believed }) =>
            claim === undefined ? null : (
              <tr key={claim.claimId} class={claim.withdrawn ? 'withdrawn' : ''}>
                <td>{timeWord(asOfTime)}</td>
                <td><strong>{quantityWord(claim.quantity)}</strong></td>
                <td><a href={linkTo.article(claim.articleId)}>{claim.source || claim.articleId}</a></td>
                <td>{claim.attribution}</td>
                <td title={verdict?.explanation}>{verdict === undefined ? '' : verdictWord(verdict.reason)}{claim.withdrawn ? ', withdrawn' : ''}</td>
                <td>{quantityWord(believed)}</td>
                <td>{alertId !== '' && <a href={linkTo.alert(alertId)}>{alertId}</a>}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function FigureView({ figure, figures, version }: { figure: Figure; figures: Figure[]; version: number }) {
  const related = figures.filter((one) => one.partOfFigureId === figure.figureId || one.figureId === figure.partOfFigureId);
  const loaded = useLoaded(
    async (signal) => {
      const main = await loadHistory(figure.figureId, signal);
      const others = await Promise.all(related.slice(0, partsMax).map((one) => loadHistory(one.figureId, signal)));
      return { main, others };
    },
    [figure.figureId, version],
  );
  if (loaded.error !== undefined) return <p class="problem" role="alert">{loaded.error}</p>;
  if (loaded.value === undefined || loaded.value.main.figure.figureId !== figure.figureId) return <p class="empty">Loading…</p>;
  const { main, others } = loaded.value;
  const behind = stillBehind(main.entries, main.values);
  return (
    <section aria-label={main.figure.title} class="figure-view">
      <h2>
        {main.figure.title}: {quantityWord(main.figure.believed)}
      </h2>
      <p>
        {main.figure.believed === undefined
          ? 'Every claim of it is withdrawn.'
          : `Believed as of ${timeWord(main.figure.believedAsOfTime)}, from ${main.figure.believedOriginCount} independent ${
              main.figure.believedOriginCount === 1 ? 'origin' : 'origins'}.`}
      </p>
      <FigurePlot main={main as History} parts={others as History[]} />
      {behind.length > 0 && (
        <section class="behind" data-testid="behind">
          <h3>Who is still behind</h3>
          <ul>
            {behind.map((claim) => (
              <li key={claim.source}>
                <strong>{claim.source}</strong> still says {quantityWord(claim.quantity)} (
                <a href={linkTo.article(claim.articleId)}>{timeWord(claim.publishTime)}</a>)
              </li>
            ))}
          </ul>
        </section>
      )}
      {main.omitted > 0 && <p class="note">{main.omitted} earlier claims are not shown.</p>}
      <FigureTable entries={main.entries} />
    </section>
  );
}

function Articles({ storyId, version }: { storyId: string; version: number }) {
  const loaded = useLoaded(
    async (signal) => (await claimService.listClaims({ storyId, pageSize: claimsMax, includeWithdrawn: true }, { signal })).claims,
    [storyId, version],
  );
  const articles = new Map<string, { claim: Claim; count: number }>();
  for (const claim of loaded.value ?? []) {
    const known = articles.get(claim.articleId);
    if (known === undefined) articles.set(claim.articleId, { claim, count: 1 });
    else known.count += 1;
  }
  return (
    <section aria-label="Articles">
      <h2>Articles</h2>
      {loaded.error !== undefined && <p class="problem" role="alert">{loaded.error}</p>}
      <ul class="articles">
        {[...articles.entries()].map(([id, { claim, count }]) => (
          <li key={id}>
            <a href={linkTo.article(id)}>{id}</a> <span class="count">{claim.source}, {timeWord(claim.publishTime)}, {count} {count === 1 ? 'claim' : 'claims'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

// Changes whenever the feed tells something about this story.
function storyVersion(feed: Feed, storyId: string): number {
  let version = 0;
  for (const alert of feed.alerts.values()) {
    if (alert.storyId === storyId) version = Math.max(version, Number(alert.position));
  }
  return version;
}

export function StoryPage({ feed, storyId, figureId }: { feed: Feed; storyId: string; figureId: string }) {
  useFeed(feed);
  const version = storyVersion(feed, storyId);
  const loaded = useLoaded(
    async (signal) => {
      const [story, figures] = await Promise.all([service.getStory({ storyId }, { signal }), allFigures(storyId, signal)]);
      return { story: story.story!, figures };
    },
    [storyId, version],
  );
  if (loaded.error !== undefined) return <p class="problem" role="alert">{loaded.error}</p>;
  if (loaded.value === undefined || loaded.value.story.storyId !== storyId) return <p class="empty">Loading…</p>;
  const { story, figures } = loaded.value;
  const main = mainFigure(figures, figureId);
  return (
    <div class="story">
      <h1>{story.title || story.storyId}</h1>
      <p class="facts">
        {story.articleCount} articles by {story.sourceCount} publishers, {timeWord(story.firstPublishTime)} to{' '}
        {timeWord(story.lastPublishTime)}; {story.openAlertCount} of {story.alertCount} alerts open
      </p>
      <div class="story-columns">
        <nav aria-label="Figures of the story" class="figures">
          <h2>Figures</h2>
          <ul>
            {figures.map((figure) => (
              <li key={figure.figureId} class={figure.partOfFigureId === '' ? '' : 'part'}>
                <a href={linkTo.story(storyId, figure.figureId)} aria-current={figure.figureId === main?.figureId ? 'true' : undefined}>
                  <span>{figure.title}</span> <strong>{quantityWord(figure.believed)}</strong>
                  <span class="count">{figure.claimCount}{figure.openAlertId !== '' && ' · alert'}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div>
          {main === undefined ? <p class="empty">No figure is followed yet.</p> : <FigureView key={main.figureId} figure={main} figures={figures} version={version} />}
          <Articles storyId={storyId} version={version} />
        </div>
      </div>
    </div>
  );
}

function StoryLine({ story }: { story: Story }) {
  return (
    <li>
      <a href={linkTo.story(story.storyId)}>{story.title || story.storyId}</a>{' '}
      <span class="count">
        {story.articleCount} articles, {story.figureCount} figures, {story.openAlertCount} of {story.alertCount} alerts open, latest{' '}
        {timeWord(story.lastPublishTime)}
      </span>
    </li>
  );
}

export function StoriesPage({ feed }: { feed: Feed }) {
  useFeed(feed);
  const loaded = useLoaded(async (signal) => (await service.listStories({ pageSize: 200 }, { signal })).stories, [feed.position]);
  return (
    <div class="page">
      <h1>Stories</h1>
      {loaded.error !== undefined && <p class="problem" role="alert">{loaded.error}</p>}
      {loaded.value?.length === 0 && <p class="empty">No articles yet.</p>}
      <ul class="stories">{loaded.value?.map((story) => <StoryLine key={story.storyId} story={story} />)}</ul>
    </div>
  );
}
