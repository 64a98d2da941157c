#include "tests/properties/checker.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace claimwatch {
namespace {

constexpr const char* kStarts[] = {"now", "beginning", "snapshot", "token"};

// One stream, from its opening to its end.
class Session {
 public:
  Session(const World& world, Selection selection, const ObservedStep& opened)
      : world_(world), selection_(selection), opened_(opened) {}

  // Empty: all is well.
  std::string property;
  std::string what;

  bool Take(const ObservedStep& message) {
    if (message.started_at >= 0 && !TakeStarted(message)) return false;
    if (start_ < 0) return Broken("ordered", "something came before `started`");
    for (const std::int64_t alert : message.snapshot) {
      if (!TakeSnapshot(alert)) return false;
    }
    for (const std::int64_t event : message.events) {
      if (!TakeEvent(event)) return false;
    }
    if (message.position >= 0 && !TakePosition(message)) return false;
    if (message.caught_up && position_ < opened_.head) {
      return Broken("reliable", absl::StrCat("caught up at ", position_, ", but the head was ",
                                             opened_.head, " at the call"));
    }
    return message.reason.empty() || TakeEnd(message);
  }

  bool KnowsAll() {
    const auto head = static_cast<std::int64_t>(world_.size());
    if (position_ == head) return true;
    return Broken("reliable", absl::StrCat("quiet at ", position_, " of ", head));
  }

 private:
  bool Broken(std::string which, std::string why) {
    property = std::move(which);
    what = std::move(why);
    return false;
  }

  const WorldEvent& At(std::int64_t position) const { return world_[position - 1]; }

  bool TakeStarted(const ObservedStep& message) {
    if (start_ >= 0) return Broken("ordered", "`started` came twice");
    start_ = position_ = last_event_ = message.started_at;
    const std::int64_t oldest_start = std::max<std::int64_t>(opened_.oldest - 1, 0);
    const bool as_asked = opened_.start == Start::kToken       ? start_ == opened_.token
                          : opened_.start == Start::kBeginning ? start_ == oldest_start
                                                               : start_ == opened_.head;
    if (as_asked) return true;
    return Broken("resumable", absl::StrCat("starts at ", start_, " for ", Dump(opened_)));
  }

  bool TakeSnapshot(std::int64_t alert) {
    if (opened_.start != Start::kSnapshot || complete_) {
      return Broken("snapshot", absl::StrCat("alert ", alert, " outside of a snapshot"));
    }
    if (!told_alerts_.insert(alert).second) {
      return Broken("snapshot", absl::StrCat("alert ", alert, " twice"));
    }
    if (OpenAt(start_).contains(alert)) return true;
    return Broken("snapshot", absl::StrCat("alert ", alert, " was not open at ", start_));
  }

  bool TakeEvent(std::int64_t position) {
    if (position < 1 || position > static_cast<std::int64_t>(world_.size())) {
      return Broken("reliable", absl::StrCat("event ", position, " was never committed"));
    }
    if (position <= start_) {
      return Broken("resumable", absl::StrCat("event ", position, " is before the start ", start_));
    }
    if (told_.contains(position))
      return Broken("unique", absl::StrCat("event ", position, " twice"));
    if (position <= last_event_ || position <= position_) {
      return Broken("ordered",
                    absl::StrCat("event ", position, " after ", std::max(last_event_, position_)));
    }
    if (!Passes(selection_, At(position))) {
      return Broken("filter-exact", absl::StrCat("event ", position, " does not pass"));
    }
    told_.insert(position);
    last_event_ = position;
    return true;
  }

  bool TakePosition(const ObservedStep& message) {
    const std::int64_t position = message.position;
    if (!complete_ && !CompleteSnapshot()) return false;
    if (position < position_) {
      return Broken("ordered", absl::StrCat("position ", position, " after ", position_));
    }
    if (position < last_event_) {
      return Broken("resumable", absl::StrCat("token of ", position, " is behind event ",
                                              last_event_, ", which would come again"));
    }
    for (std::int64_t at = position_ + 1; at <= position; ++at) {
      if (at > static_cast<std::int64_t>(world_.size())) {
        return Broken("bookmarkable",
                      absl::StrCat("position ", position, " is ahead of the world"));
      }
      if (Passes(selection_, At(at)) && !told_.contains(at)) {
        return Broken(message.events.empty() ? "bookmarkable" : "reliable",
                      absl::StrCat("event ", at, " is missing up to ", position));
      }
    }
    const bool inside = position > start_ && position < static_cast<std::int64_t>(world_.size()) &&
                        At(position).article == At(position + 1).article;
    if (inside) {
      return Broken("atomic", absl::StrCat("token of ", position, " is inside article ",
                                           At(position).article));
    }
    position_ = position;
    return true;
  }

  bool TakeEnd(const ObservedStep& message) {
    if (message.reason != "REASON_OVERTAKEN" || position_ + 1 < message.oldest) return true;
    return Broken("resumable", absl::StrCat("overtaken at ", position_, ", but ", message.oldest,
                                            " is the oldest held"));
  }

  std::set<std::int64_t> OpenAt(std::int64_t position) const {
    std::set<std::int64_t> open;
    for (std::int64_t at = 1; at <= position; ++at) {
      const WorldEvent& event = At(at);
      if (event.closes) {
        open.erase(event.alert);
      } else {
        open.insert(event.alert);
      }
    }
    return open;
  }

  // An open alert that passes is in the snapshot, or something happened to it since, which the
  // live part tells.
  bool CompleteSnapshot() {
    complete_ = true;
    if (opened_.start != Start::kSnapshot) return true;
    std::set<std::int64_t> wanted = OpenAt(start_);
    for (std::int64_t at = start_ + 1; at <= static_cast<std::int64_t>(world_.size()); ++at) {
      wanted.erase(At(at).alert);
    }
    for (const std::int64_t alert : wanted) {
      const bool passes = Passes(selection_, LastOf(alert));
      if (passes == told_alerts_.contains(alert)) continue;
      return Broken(passes ? "snapshot" : "filter-exact",
                    absl::StrCat("alert ", alert, passes ? " is missing" : " does not pass"));
    }
    return true;
  }

  // The alert as a list has it: an open alert stands as if it had just been opened.
  WorldEvent LastOf(std::int64_t alert) const {
    WorldEvent last;
    for (std::int64_t at = 1; at <= start_; ++at) {
      if (At(at).alert == alert) last = At(at);
    }
    last.opens = true;
    return last;
  }

  const World& world_;
  const Selection selection_;
  const ObservedStep opened_;
  std::int64_t start_ = -1;
  std::int64_t position_ = -1;
  std::int64_t last_event_ = -1;
  std::set<std::int64_t> told_;
  std::set<std::int64_t> told_alerts_;
  bool complete_ = false;  // No more of the snapshot follows.
};

// A token that was given out is refused only where retention has passed it.
bool MayRefuse(const ObservedStep& refused) {
  return refused.start == Start::kToken && refused.reason == "TOKEN_TOO_OLD" &&
         refused.token + 1 < refused.oldest;
}

}  // namespace

bool Passes(Selection selection, const WorldEvent& event) {
  switch (selection) {
    case Selection::kAll:
      return true;
    case Selection::kMeasureOne:
      return event.measure == 1;
    case Selection::kOpenedOnly:
      return event.opens;
    case Selection::kNothing:
      return false;
  }
  return false;
}

std::optional<BrokenPromise> Check(const World& world, const History& history) {
  std::optional<Session> session;
  for (std::size_t i = 0; i < history.steps.size(); ++i) {
    const ObservedStep& step = history.steps[i];
    switch (step.kind) {
      case ObservedStep::Kind::kOpened:
        session.emplace(world, history.selection, step);
        if (step.start == Start::kToken && step.token + 1 < step.oldest) {
          return BrokenPromise{"resumable", i, "a token older than what is held was taken"};
        }
        break;
      case ObservedStep::Kind::kRefused:
        if (!MayRefuse(step)) return BrokenPromise{"resumable", i, "refused: " + step.reason};
        session.reset();
        break;
      case ObservedStep::Kind::kBroken:
        session.reset();
        break;
      case ObservedStep::Kind::kMessage:
        if (!session.has_value()) return BrokenPromise{"ordered", i, "a message without a stream"};
        if (!session->Take(step)) return BrokenPromise{session->property, i, session->what};
        if (!step.reason.empty()) session.reset();
        break;
    }
  }
  if (history.ends_quiet && session.has_value() && !session->KnowsAll()) {
    return BrokenPromise{session->property, history.steps.size(), session->what};
  }
  return std::nullopt;
}

std::string Dump(const ObservedStep& step) {
  const auto held = absl::StrCat(" (held ", step.oldest, "..", step.head, ")");
  const std::string from =
      absl::StrCat(kStarts[static_cast<int>(step.start)],
                   step.start == Start::kToken ? absl::StrCat(" ", step.token) : "");
  switch (step.kind) {
    case ObservedStep::Kind::kOpened:
      return absl::StrCat("open from ", from, held);
    case ObservedStep::Kind::kRefused:
      return absl::StrCat("open from ", from, held, ": refused, ", step.reason);
    case ObservedStep::Kind::kBroken:
      return "break";
    case ObservedStep::Kind::kMessage:
      break;
  }
  std::string line = "told";
  if (step.started_at >= 0) absl::StrAppend(&line, " started@", step.started_at);
  if (!step.snapshot.empty()) {
    absl::StrAppend(&line, " snapshot ", absl::StrJoin(step.snapshot, ","));
  }
  if (!step.events.empty()) absl::StrAppend(&line, " events ", absl::StrJoin(step.events, ","));
  if (step.position >= 0) absl::StrAppend(&line, " position ", step.position);
  if (step.caught_up) absl::StrAppend(&line, " caught_up");
  if (!step.reason.empty()) absl::StrAppend(&line, " end ", step.reason);
  return line;
}

std::string Dump(const BrokenPromise& violation) {
  return absl::StrCat("not ", violation.property, " at step ", violation.step, ": ",
                      violation.what);
}

}  // namespace claimwatch
