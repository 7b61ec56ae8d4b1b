//! The table of all rules. A new rule is a new file and one line here.

use super::Check;

/// Declares the modules of the rules, and the table of them all.
macro_rules! rules {
    ($($module:ident,)+) => {
        $(mod $module;)+

        pub(super) static ALL: &[Check] = &[$((&$module::RULE, $module::check)),+];
    };
}

rules! {
    alias_clash,
    bad_setting,
    broken_link,
    confidence_out_of_range,
    dangling_reference,
    dated_in_the_future,
    duplicate_right,
    end_before_start,
    heading_attribute,
    hidden_link,
    html_address,
    impossible_date_in_id,
    missing_asset,
    missing_date,
    quote_without_permission,
    remote_image,
    review_outside_pilot,
    right_without_id,
    self_reference,
    supersession_contradiction,
    supersession_cycle,
    unknown_reader,
    unused_asset,
    wrong_shift,
}
