// The answer to `extract` for people: every number phrase marked in its place, then what it was
// read as and why.
//
// Tested by tests/client/phrase_text_test.cc.
#pragma once

#include <string>

#include "claimwatch/v1/article.pb.h"
#include "claimwatch/v1/claim.pb.h"
#include "client/cli/look.h"

namespace claimwatch::cli {

std::string ExtractText(const claimwatch::v1::Article& article,
                        const claimwatch::v1::ExtractClaimsResponse& answer, const Look& look);

}  // namespace claimwatch::cli
