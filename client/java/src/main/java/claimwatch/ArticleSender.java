package claimwatch;

import claimwatch.v1.Article;
import claimwatch.v1.IngestArticlesRequest;
import claimwatch.v1.IngestArticlesResponse;
import claimwatch.v1.Receipt;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A stream of articles that survives its connections: what was sent without an answer goes out
 * again, which is safe, since the daemon knows an article by its id and content. send() and finish()
 * belong to one thread. Receipts are told on threads of gRPC, one at a time; their index counts over
 * the whole session. A bad article has `error` in its receipt (see ClaimwatchException.of), and the
 * rest goes on.
 */
public final class ArticleSender implements AutoCloseable {
  private final ClaimwatchClient client;
  private final IngestOptions options;
  private final Consumer<Receipt> onReceipt;
  private final Patience patience; // Guarded by this, as is all that follows.
  private final List<Article> unanswered = new ArrayList<>();
  private final Context.CancellableContext life = Context.current().withCancellation();
  private final Thread pump = new Thread(this::run, "claimwatch-ingest");
  private int sent; // Of these, on the stream of now.
  private long count;
  private boolean finishing;
  private boolean over;
  private boolean broken; // The stream of now.
  private ClaimwatchException ending; // Of the stream of now; then of the session.
  private Duration retryAfter;

  ArticleSender(ClaimwatchClient client, IngestOptions options, Consumer<Receipt> onReceipt) {
    this.client = client;
    this.options = options;
    this.onReceipt = onReceipt;
    this.patience = new Patience(client.retry());
    pump.setDaemon(true);
    pump.start();
  }

  /** Queues an article, which goes out at once; waits while too many have no receipt. */
  public synchronized void send(Article article) throws InterruptedException {
    while (!over && unanswered.size() >= options.inflightArticlesMax) {
      wait();
    }
    if (over) {
      throw ending;
    }
    unanswered.add(article);
    notifyAll();
  }

  /** Waits until every article has its receipt; throws what ended the session before. */
  public void finish() throws InterruptedException {
    synchronized (this) {
      finishing = true;
      notifyAll();
    }
    pump.join();
    synchronized (this) {
      if (!unanswered.isEmpty()) {
        throw ending;
      }
    }
  }

  /** Ends the session; what has no receipt may or may not be committed. */
  @Override
  public void close() {
    synchronized (this) {
      if (!over) {
        over = true;
        ending = new ClaimwatchException(Status.Code.CANCELLED, "closed");
      }
      notifyAll();
    }
    life.cancel(null);
  }

  private void run() {
    try {
      while (waitForWork()) {
        Context.CancellableContext call = life.withCancellation();
        try {
          call.run(this::runStream);
        } finally {
          call.cancel(null);
        }
        if (!waitForNextTry()) {
          return;
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }
  }

  private synchronized boolean waitForWork() throws InterruptedException {
    while (!over && unanswered.isEmpty() && !finishing) {
      wait();
    }
    return !over && !unanswered.isEmpty();
  }

  private boolean waitForNextTry() throws InterruptedException {
    Duration delay;
    ClaimwatchException failure;
    int toResend;
    synchronized (this) {
      if (unanswered.isEmpty()) {
        return true; // However the stream ended: all is in.
      }
      Duration told = ending.retryAfter().orElse(Duration.ZERO);
      Optional<Duration> next = patience.afterFailure(retryAfter != null ? retryAfter : told);
      if (over || !ending.mayTryAgain() || next.isEmpty()) {
        return false;
      }
      delay = next.get();
      failure = ending;
      toResend = unanswered.size();
    }
    options.onLost.lost(failure, delay, toResend);
    Thread.sleep(delay.toMillis());
    client.reconnectNow(); // The channel's own delays must not come on top of ours.
    return true;
  }

  private void runStream() {
    synchronized (this) {
      broken = false;
      sent = 0;
      retryAfter = null;
    }
    StreamObserver<IngestArticlesRequest> out = client.articlesAsync().ingestArticles(new Answers());
    try {
      out.onNext(
          IngestArticlesRequest.newBuilder()
              .setOptions(
                  claimwatch.v1.IngestOptions.newBuilder()
                      .setClientId(client.clientId())
                      .setReturnClaims(options.returnClaims)
                      .setReturnAlerts(options.returnAlerts))
              .build());
      for (Optional<IngestArticlesRequest> batch = nextBatch(); batch.isPresent(); ) {
        out.onNext(batch.get());
        batch = nextBatch();
      }
      out.onCompleted();
      waitForEnd();
    } catch (IllegalStateException broke) {
      breakStream(ClaimwatchException.of(Status.UNAVAILABLE.withCause(broke).asException()));
    } catch (InterruptedException interrupted) {
      breakStream(new ClaimwatchException(Status.Code.CANCELLED, "interrupted"));
    }
  }

  /** Waits for something to send. Empty: the stream broke, or all is sent. */
  private synchronized Optional<IngestArticlesRequest> nextBatch() throws InterruptedException {
    while (!broken && !over && sent == unanswered.size() && !finishing) {
      wait();
    }
    if (broken || over || sent == unanswered.size()) {
      return Optional.empty();
    }
    IngestArticlesRequest.Builder batch = IngestArticlesRequest.newBuilder();
    int size = 0;
    for (; sent < unanswered.size() && batch.getArticlesCount() < options.batchArticlesMax; ++sent) {
      Article article = unanswered.get(sent);
      size += article.getSerializedSize();
      if (batch.getArticlesCount() > 0 && size > options.batchBytesMax) {
        break;
      }
      batch.addArticles(article);
    }
    return Optional.of(batch.build());
  }

  private synchronized void waitForEnd() throws InterruptedException {
    while (!broken && !over) {
      wait();
    }
  }

  private synchronized void breakStream(ClaimwatchException why) {
    if (!broken) {
      broken = true;
      ending = why;
    }
    notifyAll();
  }

  private final class Answers implements StreamObserver<IngestArticlesResponse> {
    @Override
    public void onNext(IngestArticlesResponse response) {
      synchronized (ArticleSender.this) {
        patience.contact();
        if (response.hasEnd()) {
          retryAfter = ClaimwatchException.toDuration(response.getEnd().getRetryAfter());
        }
      }
      for (Receipt receipt : response.getReceiptsList()) {
        take(receipt);
      }
    }

    private void take(Receipt receipt) {
      long index;
      synchronized (ArticleSender.this) {
        String id = receipt.getArticleId();
        boolean asked = sent > 0 && (id.isEmpty() || id.equals(unanswered.get(0).getArticleId()));
        if (broken || !asked) {
          breakStream(
              new ClaimwatchException(
                  Status.Code.INTERNAL, "the daemon sent a receipt out of order: " + id));
          return;
        }
        index = count++;
      }
      // Before the article is let go, so that finish() returns after the last call.
      onReceipt.accept(receipt.toBuilder().setIndex(index).build());
      synchronized (ArticleSender.this) {
        patience.progress();
        unanswered.remove(0);
        --sent;
        ArticleSender.this.notifyAll();
      }
    }

    @Override
    public void onError(Throwable error) {
      breakStream(ClaimwatchException.of(error));
    }

    @Override
    public void onCompleted() {
      breakStream(
          new ClaimwatchException(Status.Code.UNAVAILABLE, "the daemon ended the stream early"));
    }
  }
}
