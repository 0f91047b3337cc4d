// One rule of a shape at work, in either direction: `take` lays a resource out for the mapping, `give` makes
// the resource of it again.
#pragma once

#include "adapters/form/shape_rules.h"

namespace hotline {

void take_step(const SliceRule& rule, TreeNode& resource);
void take_step(const ConceptRule& rule, TreeNode& resource);
void take_step(const JoinRule& rule, TreeNode& resource);
void take_step(const DayRule& rule, TreeNode& resource);
void take_step(const DeriveRule& rule, TreeNode& resource);
void take_step(const UnfoldRule& rule, TreeNode& resource);
void take_step(const MoveRule& rule, TreeNode& resource);
void take_step(const ComposeRule& rule, TreeNode& resource);
void take_step(const QualifyRule& rule, TreeNode& resource);
void take_step(const FitRule& rule, TreeNode& resource);
void take_step(const DefaultRule& rule, TreeNode& resource);
void take_step(const TailRule& rule, TreeNode& resource);
void take_step(const AbsentRule& rule, TreeNode& resource);

void give_step(const SliceRule& rule, TreeNode& resource);
void give_step(const ConceptRule& rule, TreeNode& resource);
void give_step(const JoinRule& rule, TreeNode& resource);
void give_step(const DayRule& rule, TreeNode& resource);
void give_step(const DeriveRule& rule, TreeNode& resource);
void give_step(const UnfoldRule& rule, TreeNode& resource);
inline void give_step(const MoveRule&, TreeNode&) {}     // only foreign records need it
inline void give_step(const ComposeRule&, TreeNode&) {}  // likewise
void give_step(const QualifyRule& rule, TreeNode& resource);
inline void give_step(const FitRule&, TreeNode&) {}
inline void give_step(const DefaultRule&, TreeNode&) {}
inline void give_step(const TailRule&, TreeNode&) {}
void give_step(const AbsentRule& rule, TreeNode& resource);

}  // namespace hotline
